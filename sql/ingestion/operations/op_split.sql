-- Makes a list of a cell: at the given text, or else at commas, semicolons and pipes outside brackets ("soy (lecithin,
-- oil), milk" has two elements). An array is read as one, in JSON, as Postgres writes it ("{milk,eggs}") or as Python
-- does ("['milk', 'eggs']"). Elements are trimmed, blank ones dropped; null for null.
create or replace function app.op_split(value text, "by" text default null)
returns text[]
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_parts text[];
begin
  if value is null then
    return null;
  end if;
  -- Words without brackets or blanks beside them: three times as fast, and the rule in files made by machines.
  if "by" is null and value <> ''
    and value !~ '[(\[{]|^[\s\u00a0,;|]|[\s\u00a0,;|]$|[\s\u00a0,;|][,;|]|[,;|][\s\u00a0]' then
    return string_to_array(translate(value, ';|', ',,'), ',');
  end if;
  if value ~ '^\s*\[.*\]\s*$' and pg_input_is_valid(value, 'jsonb') then
    v_parts := array(select e.element from jsonb_array_elements_text(value::jsonb) as e (element));
  elsif value ~ '^\s*\{.*\}\s*$' and pg_input_is_valid(value, 'text[]') then
    v_parts := value::text[];
  elsif value ~ '^\s*\[[^][]*\]\s*$' then
    v_parts := array(
      select regexp_replace(btrim(m.match[1]), '^(["''])(.*)\1$', '\2')
      from regexp_matches(
        substring(value from '\[(.*)\]'), '((?:\s*''[^'']*''\s*|\s*"[^"]*"\s*|[^,;|]*))(?:[,;|]|$)', 'g'
      ) as m (match)
    );
  elsif "by" is not null and "by" <> '' then
    v_parts := string_to_array(value, "by");
  elsif value ~ '[(\[{]' then
    v_parts := array(
      select m.match[1]
      from regexp_matches(
        value,
        '((?:[^,;|(\[{]|\([^()]*(?:\([^()]*\)[^()]*)*(?:\)|$)|\[[^\]]*(?:\]|$)|\{[^}]*(?:\}|$))+)', 'g'
      ) as m (match)
    );
  else
    v_parts := regexp_split_to_array(value, '[,;|]');
  end if;
  return array(
    select btrim(p.part, E' \t\r\n\u00a0')
    from unnest(v_parts) with ordinality as p (part, position)
    where p.part ~ '[^[:space:]\u00a0]'
    order by p.position
  );
end;
$$;

comment on function app.op_split(text, text) is 'Makes a list of a cell.';

grant execute on function app.op_split(text, text) to authenticated, service_role;
