-- The SQL expression of one list field for a row `r` of a job's table: the first candidate column that is not blank,
-- after its operations, split into its elements; and one element more from each column that says yes to it (op flag).
create or replace function app.mapped_list(mapping jsonb, field text)
returns text
language sql
stable
set search_path = ''
as $$
  with candidate as (
    select c.place, format('r.c%s', c.position) as cell, c.ops, c.ops @> '[{"op": "flag"}]' as is_flag
    from app.mapping_candidates(mapped_list.mapping, mapped_list.field) as c
  ),
  part as (
    select
      'case ' || string_agg(
        format('when btrim(%s) <> '''' then %s', c.cell, app.operations_expression(c.ops, c.cell, true)),
        ' ' order by c.place
      ) filter (where not c.is_flag) || ' end' as list,
      'array_remove(array[' || string_agg(app.operations_expression(c.ops, c.cell), ', ' order by c.place)
        filter (where c.is_flag) || '], null)' as flags
    from candidate as c
  )
  select case
    when p.flags is null then p.list
    when p.list is null then format('nullif(%s, ''{}'')', p.flags)
    else format('coalesce(%1$s || nullif(%2$s, ''{}''), %1$s, nullif(%2$s, ''{}''))', p.list, p.flags)
  end
  from part as p;
$$;
comment on function app.mapped_list is
  'Expression of a list field over the columns of a loaded row; null when unmapped.';
