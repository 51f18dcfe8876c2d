-- The SQL expression of one text field for a row `r` of a job's table: the first candidate column with a value, each
-- after its operations. Null where no column answers the field. Columns enter as c<number> only, operations through
-- app.operations_expression: nothing of a file or a mapping becomes SQL by itself.
create or replace function app.mapped_text(mapping jsonb, field text)
returns text
language sql
stable
set search_path = ''
as $$
  select 'coalesce(' || string_agg(
    format('nullif(btrim(%s, e'' \t\r\n\u00a0''), '''')', app.operations_expression(c.ops, format('r.c%s',
    c.position))),
    ', ' order by c.place
  ) || ')'
  from app.mapping_candidates(mapped_text.mapping, mapped_text.field) as c;
$$;
comment on function app.mapped_text is
  'Expression of a text field over the columns of a loaded row; null when unmapped.';
