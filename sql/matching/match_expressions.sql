-- The score as SQL: `score` over app.product_match_facts as f, `bound` over app.match_cells as c, which the budget_fit
-- of no product of the cell exceeds. To it come preference_fit (`preference_at_zero` and `points_per_goal` for each
-- goal met) and recency, at most `cell_recency`. `met` counts the goals a product of f meets. Double precision, the
-- same operations in the same order, in millionths; the score is rounded half up to whole ones. `allowed_score` is that
-- of products on the allow list. app.score_products computes what is answered, exactly; docs/matching.md tells the
-- formula.
create or replace function app.match_expressions(
  vendor_id uuid, inputs jsonb, newest bigint, out score text, out allowed_score text, out bound text, out met text,
  out goals int, out preference_at_zero double precision, out points_per_goal double precision,
  out recency double precision, out cell_recency text
)
language plpgsql
stable
set search_path = ''
as $$
declare
  v_preference double precision := (inputs #>> '{policy,weights,preference_fit}')::numeric;
  v_budget double precision := (inputs #>> '{policy,weights,budget_fit}')::numeric;
  v_recency double precision := (inputs #>> '{policy,weights,recency}')::numeric;
  v_all double precision := (v_preference + v_budget + v_recency) / 1e6;
  v_weights double precision;
begin
  select count(*), coalesce(string_agg(format('(f.tags & %s <> 0)::int', g.self), ' + ' order by g.code), '0')
  into goals, met
  from app.match_goals(match_expressions.vendor_id, inputs) as g;
  preference_at_zero := case when goals = 0 then v_preference / 2 / v_all else 0 end;
  points_per_goal := case when goals = 0 then 0 else v_preference / goals / v_all end;
  recency := v_recency / v_all;
  score := format(
    '%L::float8 / (1 + (%s - f.changed_at)::float8 * %L::float8)', recency, newest, 1 / (90 * 86400e6)
  );
  cell_recency := format(
    '%L::float8 / (1 + (%s - least(c.newest, %2$s))::float8 * %L::float8)', recency, newest, 1 / (90 * 86400e6)
  );
  bound := '0';

  select sum(b.weight)::float8 into v_weights from app.match_budgets(inputs -> 'limits') as b;
  select
    score || coalesce(string_agg(
      case
        when b.kind = 'ceiling' and b.amount > 0 then format(
          ' + greatest(0, coalesce(%1$L::float8 - %2$s * %3$L::float8, %4$L::float8))',
          p.points, coalesce('f.' || n.nutrient, v.value), p.points / (b.amount * b.full)::float8, p.points / 2
        )
        when b.kind = 'ceiling' then format(
          ' + case when %2$s > 0 then 0 when %2$s = 0 then %1$L::float8 else %3$L::float8 end',
          p.points, coalesce('f.' || n.nutrient, v.value), p.points / 2
        )
        else format(
          ' + least(%1$L::float8, coalesce(%2$s * %3$L::float8, 0))',
          p.points, coalesce('f.' || n.nutrient, v.value), p.points / (b.amount * b.full)::float8
        )
      end,
      '' order by b.kind, b.nutrient
    ), ''),
    bound || coalesce(string_agg(
      case
        when b.kind = 'ceiling' and b.amount > 0 and n.nutrient is not null then format(
          ' + greatest(0, %1$L::float8 - c.%2$I * %3$L::float8, case when c.missing & %5$s <> 0 then %4$L::float8 end)',
          p.points, n.nutrient, p.points / (b.amount * b.full)::float8, p.points / 2, 1 << n.place
        )
        when b.kind = 'bonus' and b.nutrient in ('protein_g', 'fiber_g', 'iron_mg') then format(
          ' + least(%1$L::float8, coalesce(c.%2$I * %3$L::float8, 0))',
          p.points, 'most_' || b.nutrient, p.points / (b.amount * b.full)::float8
        )
        else format(' + %L::float8', p.points)
      end,
      '' order by b.kind, b.nutrient
    ), '')
  into score, bound
  from app.match_budgets(inputs -> 'limits') as b
  left join app.match_nutrients() as n on n.nutrient = b.nutrient
  cross join lateral (select v_budget * b.weight::float8 / v_weights / v_all as points) as p
  cross join lateral (
    select format(
      '(select ((p.nutrition ->> %L)::numeric * app.serving_factor(p.nutrition_basis, p.serving_size))::float8 '
      'from public.products as p where p.vendor_id = %L and p.id = f.product_id)',
      b.nutrient, match_expressions.vendor_id
    ) as value
  ) as v;
  if v_weights is null then
    score := score || format(' + %L::float8', v_budget / 2 / v_all);
    bound := bound || format(' + %L::float8', v_budget / 2 / v_all);
  end if;
  allowed_score := format('floor(%L::float8 + %s + 0.5)', v_preference / v_all, score);
  score := format('floor(%L::float8 + (%s) * %L::float8 + %s + 0.5)', preference_at_zero, met, points_per_goal, score);
end;
$$;

comment on function app.match_expressions is 'Score of a product''s facts and bound of a cell, as SQL.';
