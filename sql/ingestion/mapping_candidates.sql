-- The columns that answer one field of a compiled mapping, best first.
create or replace function app.mapping_candidates(mapping jsonb, field text)
returns table (place int, "position" int, ops jsonb)
language sql
immutable
set search_path = ''
as $$
  select c.place::int, (c.candidate ->> 'position')::int, c.candidate -> 'ops'
  from jsonb_array_elements(mapping_candidates.mapping -> 'fields' -> mapping_candidates.field)
    with ordinality as c (candidate, place);
$$;
comment on function app.mapping_candidates is 'Column number and operations of each candidate of a field, in order.';
