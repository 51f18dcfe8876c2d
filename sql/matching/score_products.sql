-- The results of a match: the best k of some candidates, scored exactly from the products themselves (numeric, no
-- rounding but of the finished score and components, half up to six decimals), with breakdown and reasons. Order:
-- score, newest change, id. The formula stands in docs/matching.md; match_expressions.sql is its fast twin.
create or replace function app.score_products(vendor_id uuid, inputs jsonb, newest bigint, ids uuid[], k int)
returns jsonb
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_custom_plan
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
  v_results jsonb;
begin
  with budget as materialized (
    select b.* from app.match_budgets(inputs -> 'limits') as b
  ),
  product as materialized (
    select p as "row", p.id, p.updated_at, p.nutrition, p.dietary_tags, s.factor,
      p.nutrition_basis = '100g' and s.factor = 1 and p.serving_size is null as is_per_100g,
      inputs -> 'allow' ? p.id::text as is_allowed
    from unnest(ids) as i (id)
    inner join public.products as p on p.vendor_id = v_vendor_id and p.id = i.id
    cross join lateral app.serving_factor(p.nutrition_basis, p.serving_size) as s (factor)
    where p.status = 'active' and p.soft_deleted_at is null
      and not exists (
        select
        from jsonb_array_elements(inputs #> '{limits,hard,max_per_serving}') as l (entry)
        where (
          case l.entry ->> 'nutrient'
            when 'added_sugar_g' then coalesce(p.nutrition ->> 'added_sugar_g', p.nutrition ->> 'sugar_g')
            else p.nutrition ->> (l.entry ->> 'nutrient')
          end
        )::numeric * s.factor > (l.entry ->> 'amount')::numeric
      )
  ),
  serving as (
    select p.id, b.*,
      (
        case b.nutrient
          when 'added_sugar_g' then coalesce(p.nutrition ->> 'added_sugar_g', p.nutrition ->> 'sugar_g')
          else p.nutrition ->> b.nutrient
        end
      )::numeric * p.factor as stated
    from product as p
    cross join budget as b
  ),
  fit as (
    select s.*,
      case
        when s.kind = 'bonus' then least(1, coalesce(s.stated / (s.amount * s."full"), 0))
        when s.stated is null then 0.5
        when s.amount > 0 then greatest(0, 1 - s.stated / (s.amount * s."full"))
        when s.stated > 0 then 0
        else 1
      end as value
    from serving as s
  ),
  budget_fit as (
    select
      f.id,
      sum(f.weight * f.value) / sum(f.weight) as value,
      jsonb_agg(
        jsonb_build_object(
          'kind', f.kind, 'nutrient', f.nutrient, 'amount', trim_scale(round(f.stated, 6)), 'daily', f.amount,
          'share', trim_scale(round(f.stated / nullif(f.amount, 0), 6)), 'fit', trim_scale(round(f.value, 6)),
          'weight', f.weight, 'condition', f.condition
        )
        order by f.kind, f.nutrient
      ) as nutrients
    from fit as f
    group by f.id
  ),
  goal as (
    select
      p.id,
      coalesce(jsonb_agg(g.goal -> 'code' order by g.goal ->> 'code'), '[]') as met
    from product as p
    inner join jsonb_array_elements(v_goals) as g (goal)
      on p.dietary_tags && array(select jsonb_array_elements_text(g.goal -> 'below'))
    group by p.id
  ),
  component as (
    select
      p.*,
      coalesce(g.met, '[]') as met,
      b.nutrients,
      case
        when p.is_allowed then 1
        when v_goals = '[]' then 0.5
        else jsonb_array_length(coalesce(g.met, '[]'))::numeric / jsonb_array_length(v_goals)
      end as preference_fit,
      coalesce(b.value, 0.5) as budget_fit,
      90 * days / (90 * days + newest - (extract(epoch from p.updated_at) * 1000000)::bigint) as recency
    from product as p
    left join budget_fit as b on b.id = p.id
    left join goal as g on g.id = p.id
  ),
  scored as (
    select
      c.*,
      round(
        (v_preference * c.preference_fit + v_budget * c.budget_fit + v_recency * c.recency) / v_weights, 6
      ) as score
    from component as c
  ),
  ranked as (
    select s.*, row_number() over (order by s.score desc, s.updated_at desc, s.id) as rank from scored as s
  ),
  picture as materialized (
    select i.product_id, jsonb_agg(jsonb_build_object('url', i.url, 'alt', i.alt) order by i."order", i.id) as images
    from public.product_images as i
    where i.vendor_id = v_vendor_id and i.product_id = any (ids)
    group by i.product_id
  ),
  shown as (
    select
      r.rank,
      jsonb_build_object(
        'product_id', r.id,
        'rank', r.rank,
        'score', trim_scale(r.score),
        'breakdown', jsonb_build_object(
          'preference_fit', app.match_component(v_preference, v_weights, r.preference_fit),
          'budget_fit', app.match_component(v_budget, v_weights, r.budget_fit)
            || jsonb_build_object('nutrients', coalesce(r.nutrients, '[]')),
          'recency', app.match_component(v_recency, v_weights, r.recency),
          'unknown_allergens', u.codes
        ),
        'product', app.product_document(r."row", (select i.images from picture as i where i.product_id = r.id), null)
      ) as result,
      jsonb_build_object(
        'is_allowed', r.is_allowed, 'is_per_100g', r.is_per_100g, 'met', r.met, 'goals', v_goals, 'unproven', u.codes
      ) as facts
    from ranked as r
    cross join lateral (
      select app.unproven_allergens(v_vendor_id, r.id, inputs) as codes
    ) as u
    where r.rank <= k
  )
  select coalesce(
    jsonb_agg(s.result || jsonb_build_object('reasons', app.match_reasons(s.facts || s.result)) order by s.rank), '[]'
  )
  into v_results
  from shown as s;
  return v_results;
end;
$$;

comment on function app.score_products is 'The best k of some products for a customer, scored and explained.';
