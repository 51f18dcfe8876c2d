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
declare
  v_result text := value;
  v_name text;
begin
  if strpos(value, '&') = 0 then
    return value;
  end if;
  -- The ampersand itself comes last, so that what it makes is not read again.
  for v_name in
    select distinct m.match[1]
    from regexp_matches(value, '&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,9});', 'g') as m (match)
    where app.html_entity(m.match[1]) <> '&'
  loop
    v_result := replace(v_result, '&' || v_name || ';', app.html_entity(v_name));
  end loop;
  return regexp_replace(v_result, '&(?:amp|#0*38|#[xX]0*26);', '&', 'g');
end;
$$;

comment on function app.op_decode_entities(text) is 'Characters in the place of HTML entities.';

grant execute on function app.op_decode_entities(text) to authenticated, service_role;
