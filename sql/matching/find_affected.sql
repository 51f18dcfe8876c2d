-- The customers behind app.affected_customers, in the order of customer and product, after a place. Two ways round:
-- from one product to those who had it, or from those who avoid an allergen to what they had. Rules (celiac: gluten)
-- count like the customer's own list, through the conditions whose rules name the allergen.
create or replace function app.find_affected(
  vendor_id uuid, of_product uuid, of_allergen text, after_customer uuid, after_product uuid, most int
)
returns table (customer_id uuid, product_id uuid, last_at timestamptz, allergens text[])
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
#variable_conflict use_column
declare
  v_vendor_id constant uuid := find_affected.vendor_id;
  v_mask bigint;
  v_codes text[];
  v_conditions text[];
begin
  if find_affected.of_allergen is not null then
    select t.up | t.down into v_mask
    from app.match_terms(v_vendor_id, 'allergen') as t
    where t.code = find_affected.of_allergen;
  else
    v_mask := app.unsafe_mask(v_vendor_id, find_affected.of_product);
  end if;
  select coalesce(array_agg(t.code), '{}') into v_codes
  from app.match_terms(v_vendor_id, 'allergen') as t
  where t.self & v_mask <> 0;
  select coalesce(array_agg(distinct r.condition_code), '{}') into v_conditions
  from public.diet_rules as r
  cross join lateral jsonb_array_elements(coalesce(r.policy #> '{hard,avoid_allergens}', '[]')) as e (entry)
  where (r.vendor_id is null or r.vendor_id = v_vendor_id) and e.entry ->> 'allergen' = any (v_codes);

  return query
  with terms as materialized (
    select t.code, t.self from app.match_terms(v_vendor_id, 'allergen') as t where t.code = any (v_codes)
  ),
  avoider as (
    select h.customer_id, h.avoid_allergens, h.derived_limits
    from public.customer_health_profiles as h
    where h.vendor_id = v_vendor_id
      and (h.avoid_allergens && v_codes or h.conditions && v_conditions)
      and h.customer_id >= coalesce(find_affected.after_customer, '00000000-0000-0000-0000-000000000000')
  ),
  had as (
    select d.customer_id, d.product_id, d.last_at, f.unsafe, a.avoid_allergens, a.derived_limits
    from avoider as a
    inner join app.delivered_matches as d on d.vendor_id = v_vendor_id and d.customer_id = a.customer_id
    inner join app.product_match_facts as f on f.vendor_id = v_vendor_id and f.product_id = d.product_id
    where find_affected.of_product is null and f.unsafe & v_mask <> 0
    union all
    select d.customer_id, d.product_id, d.last_at, v_mask, a.avoid_allergens, a.derived_limits
    from app.delivered_matches as d
    inner join avoider as a on a.customer_id = d.customer_id
    where d.vendor_id = v_vendor_id and d.product_id = find_affected.of_product
  ),
  named as (
    select h.customer_id, h.product_id, h.last_at, n.codes
    from had as h
    cross join lateral (
      select array_agg(t.code order by t.code) as codes
      from terms as t
      where h.unsafe & t.self <> 0
        and (
          t.code = any (h.avoid_allergens)
          or exists (
            select
            from jsonb_array_elements(h.derived_limits #> '{hard,avoid_allergens}') as e (entry)
            where e.entry ->> 'allergen' = t.code
              and not exists (
                select
                from public.products as p
                where p.vendor_id = v_vendor_id and p.id = h.product_id
                  and p.dietary_tags && array(select jsonb_array_elements_text(e.entry -> 'unless_tags'))
              )
          )
        )
    ) as n
    where n.codes is not null
  )
  select n.customer_id, n.product_id, n.last_at, n.codes
  from named as n
  where find_affected.after_customer is null
    or (n.customer_id, n.product_id) > (find_affected.after_customer, find_affected.after_product)
  order by n.customer_id, n.product_id
  limit most;
end;
$$;

comment on function app.find_affected is 'Customers who had a product that is unsafe for them now, with the allergens.';

create index customer_health_profiles_conditions on public.customer_health_profiles using gin (conditions);
