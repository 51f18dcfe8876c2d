-- Puts characters in the place of HTML entities ("&quot;", "&eacute;", "&#233;"), once: "&amp;lt;" becomes "&lt;".
-- What is no entity stays. List the operation twice for texts that were encoded twice.
create or replace function app.op_decode_entities(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  if strpos(value, '&') = 0 then
    return value;
  end if;
  return (
    select string_agg(
      m.part[1] || case
        when m.part[3] is null then coalesce(m.part[2], '')
        else coalesce(app.html_entity(m.part[3]), m.part[2])
      end, '' order by m.place
    )
    from regexp_matches(
      value, '([^&]*)(&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,9});|&)?', 'g'
    ) with ordinality as m (part, place)
  );
end;
$$;

comment on function app.op_decode_entities(text) is 'Characters in the place of HTML entities.';

grant execute on function app.op_decode_entities(text) to authenticated, service_role;
