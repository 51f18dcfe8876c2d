-- The fast way for rows whose nutrients are bare digits, which nearly all are: one look at all cells of the row instead
-- of several at each. SQL expressions over a row `r`: the cells of the row in one text, here `d.cells`; whether the row
-- is such a row; and its nutrients as JSON then. Null where a nutrient has several columns or operations that do more
-- than tidy.
create or replace function app.plain_nutrients(
  mapping jsonb, prefix text, out cells text, out is_plain text, out nutrition text
)
language sql
stable
set search_path = ''
as $$
  select
    format('concat_ws('';'', %s, '''')', string_agg(format('r.c%s', c.position), ', ' order by f.field)),
    -- Numbers as JSON writes them, with a single zero at the end or none, of seven digits at most: none is out of
    -- bounds. A cell that holds the separator makes one too many of them.
    format(
      'd.cells ~ %L and octet_length(replace(d.cells, '';'', '''')) = octet_length(d.cells) - num_nonnulls(%s)',
      '^(?:(?:(?:0|[1-9][0-9]{0,6})(?:[.](?:0|[0-9]{0,5}[1-9]))?)?;)*$',
      string_agg(format('r.c%s', c.position), ', ' order by f.field)
    ),
    format(
      'nullif(replace(replace(''{'' || concat_ws('','', %s) || ''}'', ''.0,'', '',''), ''.0}'', ''}'')::jsonb, ''{}'')',
      string_agg(
        format(
          '%L || nullif(r.c%s, '''')', to_json(substr(f.field, length(plain_nutrients.prefix) + 1)) || ':', c.position
        ),
        ', ' order by f.field
      )
    )
  from jsonb_object_keys(plain_nutrients.mapping -> 'fields') as f (field)
  cross join lateral app.mapping_candidates(plain_nutrients.mapping, f.field) as c
  where starts_with(f.field, plain_nutrients.prefix)
  having count(*) = count(distinct f.field) and bool_and(app.linear_factor(c.ops) is not distinct from 1);
$$;
comment on function app.plain_nutrients is
  'Expressions for rows whose nutrients are bare digits; null where the mapping does more.';
