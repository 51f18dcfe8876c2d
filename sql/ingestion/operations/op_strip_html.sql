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
declare
  v_text text := value;
begin
  if strpos(value, '<') = 0 then
    return value;
  end if;
  v_text := app.strip_between(v_text, '<script\M', '</script\s*>');
  v_text := app.strip_between(v_text, '<style\M', '</style\s*>');
  v_text := app.strip_between(v_text, '<!--', '-->');
  return btrim(regexp_replace(regexp_replace(v_text, '</?[a-z][^<>]*>|<![a-z][^<>]*>', ' ', 'gi'), '  +', ' ', 'g'));
end;
$$;

comment on function app.op_strip_html(text) is 'Takes HTML tags, comments, scripts and styles out of a text.';

grant execute on function app.op_strip_html(text) to authenticated, service_role;
