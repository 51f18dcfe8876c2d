-- The table of a taxonomy kind; problem 404 for a kind that is none.
create or replace function app.taxonomy_table(kind text)
returns text
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_table text := (select k.table_name from app.taxonomy_kinds() as k where k.kind = taxonomy_table.kind);
begin
  if v_table is null then
    perform app.raise_problem(
      status => 404,
      type => 'not-found',
      detail => format('There is no taxonomy "%s".', kind),
      hint => format('Taxonomies are %s.', (select string_agg(k.kind, ', ') from app.taxonomy_kinds() as k))
    );
  end if;
  return v_table;
end;
$$;

comment on function app.taxonomy_table(text) is 'Table name of a taxonomy kind, or problem 404.';

grant execute on function app.taxonomy_table(text) to authenticated, service_role;
