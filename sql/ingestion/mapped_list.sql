-- The SQL expression of one list field for a row `r` of a job's table: the first candidate column that is not blank,
-- after its operations, split into its elements.
create or replace function app.mapped_list(mapping jsonb, field text)
returns text
language sql
stable
set search_path = ''
as $$
  select 'case ' || string_agg(
    format('when btrim(r.c%s) <> '''' then %s', c.position, app.operations_expression(c.ops, format('r.c%s',
    c.position), true)),
    ' ' order by c.place
  ) || ' end'
  from app.mapping_candidates(mapped_list.mapping, mapped_list.field) as c;
$$;
comment on function app.mapped_list is
  'Expression of a list field over the columns of a loaded row; null when unmapped.';
