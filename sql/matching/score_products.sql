-- The results of a match: the best k of some candidates, scored exactly from the products themselves (numeric, no
-- rounding but of the finished score and components, half up to six decimals), with breakdown and reasons. Order:
-- score, newest change, id. The formula stands in docs/matching.md; match_expressions.sql is its fast twin.
-- The products come from the vendor's fetch_products (app.create_vendor_search), so that this statement touches no
-- partitions and its plan is made once a connection: planning it took longer than running it.
create or replace function app.score_products(vendor_id uuid, inputs jsonb, newest bigint, ids uuid[], k int)
returns jsonb
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
set max_parallel_workers_per_gather = 0
set jit = off
as $$
declare
  v_vendor_id constant uuid := score_products.vendor_id;
  days constant numeric := 86400000000;
  v_preference constant numeric := (inputs #>> '{policy,weights,preference_fit}')::numeric;
  v_budget constant numeric := (inputs #>> '{policy,weights,budget_fit}')::numeric;
  v_recency constant numeric := (inputs #>> '{policy,weights,recency}')::numeric;
  v_weights constant numeric := v_preference + v_budget + v_recency;
  v_goals constant jsonb := (
    select coalesce(jsonb_agg(jsonb_build_object('code', g.code, 'below', g.below) order by g.code), '[]')
    from app.match_goals(v_vendor_id, inputs) as g
  );
  v_documents jsonb[];
  v_results jsonb;
begin
  execute format(
    'select array_agg(f) from partitions.fetch_products_%s($1, null) as f', replace(v_vendor_id::text, '-', '')
  )
  using ids
  into v_documents;

  with budget as materialized (
    select b.* from app.match_budgets(inputs -> 'limits') as b
  ),
  product as materialized (
    select d.document, (d.document ->> 'id')::uuid as id, (d.document ->> 'updated_at')::timestamptz as updated_at,
      -- Where added sugar is not stated, all sugar takes its place.
      jsonb_build_object('added_sugar_g', d.document #> '{nutrition,sugar_g}')
        || nullif(d.document -> 'nutrition', 'null') as nutrition,
      s.factor,
      d.document ->> 'nutrition_basis' = '100g' and s.factor = 1 and d.document ->> 'serving_size' is null
        as is_per_100g,
      inputs -> 'allow' ? (d.document ->> 'id') as is_allowed
    from unnest(v_documents) as d (document)
    cross join lateral app.serving_factor(d.document ->> 'nutrition_basis', d.document ->> 'serving_size') as s (factor)
    where d.document ->> 'status' = 'active'
  ),
  passing as materialized (
    select p.*
    from product as p
    where not exists (
      select
      from jsonb_array_elements(inputs #> '{limits,hard,max_per_serving}') as l (entry)
      where (p.nutrition ->> (l.entry ->> 'nutrient'))::numeric * p.factor > (l.entry ->> 'amount')::numeric
    )
  ),
  fit as materialized (
    select
      p.id, b.*, s.stated,
      case
        when b.kind = 'bonus' then least(1, coalesce(s.stated / (b.amount * b."full"), 0))
        when s.stated is null then 0.5
        when b.amount > 0 then greatest(0, 1 - s.stated / (b.amount * b."full"))
        when s.stated > 0 then 0
        else 1
      end as value
    from passing as p
    cross join budget as b
    cross join lateral (select (p.nutrition ->> b.nutrient)::numeric * p.factor as stated) as s
  ),
  budget_fit as materialized (
    select f.id, sum(f.weight * f.value) / sum(f.weight) as value from fit as f group by f.id
  ),
  component as (
    select
      p.*,
      g.met,
      case
        when p.is_allowed then 1
        when v_goals = '[]' then 0.5
        else jsonb_array_length(g.met)::numeric / jsonb_array_length(v_goals)
      end as preference_fit,
      coalesce(b.value, 0.5) as budget_fit,
      90 * days / (90 * days + newest - (extract(epoch from p.updated_at) * 1000000)::bigint) as recency
    from passing as p
    left join budget_fit as b on b.id = p.id
    cross join lateral (
      select coalesce(jsonb_agg(e.goal -> 'code' order by e.goal ->> 'code'), '[]') as met
      from jsonb_array_elements(v_goals) as e (goal)
      where p.document -> 'dietary_tags' ?| array(select jsonb_array_elements_text(e.goal -> 'below'))
    ) as g
  ),
  scored as (
    select
      c.*,
      round(
        (v_preference * c.preference_fit + v_budget * c.budget_fit + v_recency * c.recency) / v_weights, 6
      ) as score
    from component as c
  ),
  ranked as materialized (
    select s.*, row_number() over (order by s.score desc, s.updated_at desc, s.id) as rank
    from scored as s
    order by s.score desc, s.updated_at desc, s.id
    limit k
  ),
  nutrients as materialized (
    select
      f.id,
      jsonb_agg(
        jsonb_build_object(
          'kind', f.kind, 'nutrient', f.nutrient, 'amount', trim_scale(round(f.stated, 6)), 'daily', f.amount,
          'share', trim_scale(round(f.stated / nullif(f.amount, 0), 6)), 'fit', trim_scale(round(f.value, 6)),
          'weight', f.weight, 'condition', f.condition
        )
        order by f.kind, f.nutrient
      ) as list
    from fit as f
    where f.id in (select r.id from ranked as r)
    group by f.id
  ),
  unproven as materialized (
    select u.* from app.unproven_allergens(v_vendor_id, ids, inputs) as u
  ),
  explained as materialized (
    select r.*, coalesce(n.list, '[]') as nutrients, coalesce(u.codes, '[]') as unproven
    from ranked as r
    left join nutrients as n on n.id = r.id
    left join unproven as u on u.product_id = r.id
  )
  select coalesce(
    jsonb_agg(
      jsonb_build_object(
        'product_id', x.id,
        'rank', x.rank,
        'score', trim_scale(x.score),
        'breakdown', jsonb_build_object(
          'preference_fit', app.match_component(v_preference, v_weights, x.preference_fit),
          'budget_fit', app.match_component(v_budget, v_weights, x.budget_fit)
            || jsonb_build_object('nutrients', x.nutrients),
          'recency', app.match_component(v_recency, v_weights, x.recency),
          'unknown_allergens', x.unproven
        ),
        'product', x.document,
        'reasons', e.reasons
      )
      order by x.rank
    ),
    '[]'
  )
  into v_results
  from app.match_reasons((
    select jsonb_agg(jsonb_build_object(
      'rank', a.rank, 'is_allowed', a.is_allowed, 'is_per_100g', a.is_per_100g, 'met', a.met, 'goals', v_goals,
      'unproven', a.unproven, 'nutrients', a.nutrients
    ))
    from explained as a
  )) as e
  inner join explained as x on x.rank = e.rank;
  return v_results;
end;
$$;

comment on function app.score_products is 'The best k of some products for a customer, scored and explained.';
