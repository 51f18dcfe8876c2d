-- One word of a JSON text as its code in a dictionary; null for null, blank and words nobody knows.
create or replace function app.value_code(vendor_id uuid, domain text, given jsonb)
returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  if jsonb_typeof(given) is distinct from 'string' or given #>> '{}' !~ '\S' then
    return null;
  end if;
  return (
    select m.canonical from app.match_tokens(value_code.vendor_id, value_code.domain, array[given #>> '{}']) as m
  );
end;
$$;

comment on function app.value_code is 'The code of a word in a dictionary of values.';
