-- The hard filters of a customer as SQL over app.product_match_facts as f, one row each: the name it is counted under,
-- what a product must satisfy, and what a cell (app.match_cells as c) must satisfy for any of its products to do so.
-- Unknown fails closed: a product whose allergens are not fully known is out when the customer avoids one that nothing
-- rules out, unless the policy says warn; a product that does not state a nutrient which labels must state is out when
-- the customer has an explicit limit on it.
-- by_mask: the condition speaks of masks only, so it can be asked of app.match_classes as f too.
-- Only constants of ours and numbers reach the text, everything else quoted.
create or replace function app.match_conditions(vendor_id uuid, inputs jsonb)
returns table (filter text, passes text, cell_may_pass text, by_mask boolean)
language plpgsql
stable
set search_path = ''
as $$
declare
  v_strict constant boolean := inputs #>> '{policy,unknown_allergens}' <> 'warn';
  v_product constant text := format(
    'select from public.products as p where p.vendor_id = %L and p.id = f.product_id and ', vendor_id
  );
begin
  return query
  with allergen as materialized (
    select t.code, t.self from app.match_term_bits(match_conditions.vendor_id, 'allergen') as t
  ),
  tag as materialized (
    select t.code, t.self from app.match_term_bits(match_conditions.vendor_id, 'tag') as t
  ),
  avoided as (
    select a.code, null::jsonb as unless
    from jsonb_array_elements_text(inputs -> 'avoid_allergens') as a (code)
    union
    select e.entry ->> 'allergen', nullif(e.entry -> 'unless_tags', '[]')
    from jsonb_array_elements(inputs #> '{limits,hard,avoid_allergens}') as e (entry)
  ),
  avoided_mask as (
    select
      v.unless,
      bit_or(a.self) as mask,
      (select coalesce(bit_or(t.self), 0) from tag as t where v.unless ? t.code) as excuse
    from avoided as v
    inner join allergen as a on a.code = v.code
    group by v.unless
  )
  select
    k.filter,
    format(
      '(f.%I & %s = 0%s)', k.fact, m.mask, case when m.excuse <> 0 then format(' or f.tags & %s <> 0', m.excuse) end
    ),
    format(
      '(c.%I & %s = 0%s)', k.of_cell, m.mask, case when m.excuse <> 0 then format(' or c.tags & %s <> 0', m.excuse) end
    ),
    true
  from avoided_mask as m
  cross join (
    values ('allergens', 'unsafe', 'unsafe_for'), ('unknown_allergens', 'unproven', 'risky_for')
  ) as k (filter, fact, of_cell)
  where v_strict or k.filter = 'allergens'

  union all
  -- A word that is no term any more: the lists themselves are looked at.
  select
    'allergens',
    format(
      'exists (' || v_product || '(%L = any (p.free_from) or p.allergens is not null '
      'and %L <> all (p.allergens || coalesce(p.may_contain, ''{}''))))',
      v.code, v.code
    ),
    'true',
    false
  from avoided as v
  where v.code not in (select a.code from allergen as a)

  union all
  select
    'diet_rules',
    case when t.self is not null then format('f.tags & %s <> 0', t.self)
      else format('exists (' || v_product || '%L = any (p.dietary_tags))', r.tag) end,
    case when t.self is not null then format('c.tags & %s <> 0', t.self) else 'true' end,
    t.self is not null
  from (
    select distinct e.entry ->> 'tag' as tag
    from jsonb_array_elements(inputs #> '{limits,hard,require_tags}') as e (entry)
  ) as r
  left join tag as t on t.code = r.tag

  union all
  -- The facts are rounded: a hair's breadth above the limit passes here, and is judged exactly when it is scored.
  select
    'nutrient_limits',
    case
      when n.nutrient is null then format(
        'not exists (' || v_product || '(p.nutrition ->> %L)::numeric '
        '* app.serving_factor(p.nutrition_basis, p.serving_size) > %s)',
        l.nutrient, l.amount
      )
      when n.on_label then format('coalesce(f.%I <= %L::real, false)', n.nutrient, l.amount * 1.000001)
      else format('coalesce(f.%I <= %L::real, true)', n.nutrient, l.amount * 1.000001)
    end,
    case
      when n.nutrient is null then 'true'
      when n.on_label then format('coalesce(c.%I <= %L::real, false)', n.nutrient, l.amount * 1.000001)
      else format('(c.%I <= %L::real or c.missing & %s <> 0)', n.nutrient, l.amount * 1.000001, 1 << n.place)
    end,
    false
  from (
    select e.entry ->> 'nutrient' as nutrient, min((e.entry ->> 'amount')::numeric) as amount
    from jsonb_array_elements(inputs #> '{limits,hard,max_per_serving}') as e (entry)
    group by e.entry ->> 'nutrient'
  ) as l
  left join app.match_nutrients() as n on n.nutrient = l.nutrient

  union all
  select 'deny_list', format('f.product_id <> all (%L::uuid[])', d.ids), 'true', false
  from (
    select array_agg(i.id::uuid order by i.id) as ids from jsonb_array_elements_text(inputs -> 'deny') as i (id)
  ) as d
  where d.ids is not null;
end;
$$;

comment on function app.match_conditions is 'Hard filters of a customer as SQL over facts and cells.';
