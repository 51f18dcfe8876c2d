-- A JSON list of strings as text[]; null for null and for anything that is no list.
create or replace function app.json_texts(list jsonb)
returns text[]
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  if jsonb_typeof(list) = 'array' then
    return array(select e.entry from jsonb_array_elements_text(list) as e (entry));
  end if;
  return null;
end;
$$;

comment on function app.json_texts is 'A JSON list of strings as an array.';
