-- Takes out tags, comments, scripts and styles. A "<" that opens no tag stays ("< 5 %"). Entities are decode_entities'
-- work.
create or replace function app.op_strip_html(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  if strpos(value, '<') = 0 then
    return value;
  end if;
  return btrim(
    regexp_replace(
      regexp_replace(value, '<(script|style)\M[^>]*>.*?</\1\s*>|<!--.*?-->|</?[a-z][^<>]*>|<![a-z][^<>]*>', ' ', 'gi'),
      '  +', ' ', 'g'
    )
  );
end;
$$;

comment on function app.op_strip_html(text) is 'Takes HTML tags, comments, scripts and styles out of a text.';

grant execute on function app.op_strip_html(text) to authenticated, service_role;
