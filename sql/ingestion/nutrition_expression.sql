-- The lateral part of the staging statement that makes `n.nutrition`, `n.basis` and `n.is_sound` (amounts without
-- doubt) of the nutrient columns of a row `r`.
-- Values per serving are taken as they are; values per 100 g are scaled where the serving's weight is known. A row with
-- no weight keeps what it has per 100 g, unless it also has values per serving (one basis per product). Null when no
-- column holds a nutrient.
create or replace function app.nutrition_expression(mapping jsonb)
returns text
language plpgsql
stable
set search_path = ''
as $$
declare
  v_basis text := app.mapped_text(mapping, 'nutrition_basis');
  v_scale constant text := 'coalesce(q.amount / 100, 1)';
  v_per_100g text := app.nutrient_members(mapping, 'nutrition_100g.', v_scale);
  v_per_serving text := app.nutrient_members(
    mapping,
    'nutrition.',
    case when v_basis is null then '1' else format('case when q.is_per_100g then %s else 1 end', v_scale) end
  );
  v_plain record;
begin
  if v_per_serving is null and v_per_100g is null then
    return null;
  end if;
  -- Nearly every file: one kind of columns, whose values stand as they are. The serving's weight changes nothing then.
  if v_per_100g is null and v_basis is null then
    select p.* into v_plain from app.plain_nutrients(mapping, 'nutrition.') as p;
    return format(
      'cross join lateral (select %s as cells offset 0) as d '
      'cross join lateral (select %s as is_plain offset 0) as i '
      'cross join lateral (select case when i.is_plain then %s else %s end as nutrition, ''serving'' as basis, '
      'i.is_plain as is_sound offset 0) as n',
      coalesce(v_plain.cells, 'null'), coalesce(v_plain.is_plain, 'false'), coalesce(v_plain.nutrition, 'null'),
      v_per_serving
    );
  end if;
  -- "offset 0" keeps the planner from writing the amount's expression out once for every nutrient.
  return format(
    'cross join lateral (select %s as amount, %s as is_per_100g offset 0) as q '
    'cross join lateral (select %s as per_serving, %s as per_100g offset 0) as v '
    'cross join lateral (select '
    'case when q.amount is not null or q.is_per_100g or v.per_serving is null or v.per_100g is null '
    'then nullif(coalesce(v.per_100g, ''{}'') || coalesce(v.per_serving, ''{}''), ''{}'') '
    'else v.per_serving end as nutrition, '
    'case when q.amount is not null or (v.per_serving is not null and not q.is_per_100g) then ''serving'' '
    'else ''100g'' end as basis, false as is_sound'
    ') as n',
    app.serving_expression(mapping),
    case when v_basis is null then 'false' else format('coalesce(%s ~ ''100'', false)', v_basis) end,
    coalesce(v_per_serving, 'null::jsonb'),
    coalesce(v_per_100g, 'null::jsonb')
  );
end;
$$;
comment on function app.nutrition_expression is
  'Lateral joins that give n.nutrition, n.basis and n.is_sound; null without nutrient columns.';
