-- A synonym as clients see it: without the folded words it is compared by.
create or replace function app.synonym_json(synonym jsonb)
returns jsonb
language sql
immutable
parallel safe
set search_path = ''
as $$
  select synonym_json.synonym - 'folded';
$$;

comment on function app.synonym_json(jsonb) is 'A synonym as clients see it.';

grant execute on function app.synonym_json(jsonb) to authenticated, service_role;
