-- The SQL expression of one nutrient as JSON, scaled by `factor` (an expression): the first candidate column with a
-- value.
-- Plain digits, nearly every cell there is, are multiplied on the spot (a twentieth of the time); everything else goes
-- through the operations.
create or replace function app.nutrient_expression(mapping jsonb, field text, factor text)
returns text
language sql
stable
set search_path = ''
as $$
  select 'coalesce(' || string_agg(
    'case '
    || case when app.linear_factor(c.ops) is null then '' else
      format(
        'when translate(r.c%1$s, ''0123456789'', '''') in ('''', ''.'') and length(r.c%1$s) between 1 and 25 '
        'and r.c%1$s <> ''.'' '
        'then to_jsonb(trim_scale(round(r.c%1$s::numeric%2$s%3$s, 6))) ',
        c.position, nullif(' * ' || app.linear_factor(c.ops), ' * 1'),
        nullif(' * ' || nutrient_expression.factor, ' * 1')
      ) end
    || format(
      'when btrim(r.c%s) <> '''' then app.nutrient_value(nullif(btrim(%s), ''''), %s) end',
      c.position, app.operations_expression(c.ops, format('r.c%s', c.position)), nutrient_expression.factor
    ),
    ', ' order by c.place
  ) || ')'
  from app.mapping_candidates(nutrient_expression.mapping, nutrient_expression.field) as c;
$$;
comment on function app.nutrient_expression is 'Expression of a nutrient over the columns of a loaded row, as JSON.';
