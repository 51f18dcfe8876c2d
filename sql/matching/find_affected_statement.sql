-- The statement of app.find_affected: deliveries to customers who may be affected, in order, and which allergens make
-- each unsafe for whom, by the profile itself.
--   $1 vendor  $2 mask of allergens  $3 their codes  $4 product  $5, $6 place after which to begin  $7 at most
create or replace function app.find_affected_statement(by_product boolean)
returns text
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_of_product constant text := '
    select d.customer_id, d.product_id, d.last_at, $2 as unsafe
    from (
      select o.customer_id, o.product_id, o.last_at
      from app.delivered_matches as o
      where o.vendor_id = $1 and o.product_id = $4 and o.customer_id >= $5
      order by o.customer_id
    ) as d
    cross join lateral (
      select
      from app.customer_avoidances as o
      where o.vendor_id = $1 and o.customer_id = d.customer_id and o.codes && $3
      offset 0
    ) as a';
  -- The products as a hashed set: looking each up would take seconds.
  v_of_allergen constant text := '
    select a.customer_id, d.product_id, l.last_at, f.unsafe
    from (
      select o.customer_id
      from app.customer_avoidances as o
      where o.vendor_id = $1 and o.customer_id >= $5 and o.codes && $3
      order by o.customer_id
    ) as a
    cross join lateral (
      select o.product_id
      from app.delivered_matches as o
      where o.vendor_id = $1 and o.customer_id = a.customer_id
        and (
          o.product_id in (
            select u.product_id from app.product_match_facts as u where u.vendor_id = $1 and u.unsafe & $2 <> 0
          )
        ) is true
      offset 0
    ) as d
    cross join lateral (
      select o.last_at
      from app.delivered_matches as o
      where o.vendor_id = $1 and o.product_id = d.product_id and o.customer_id = a.customer_id
      offset 0
    ) as l
    cross join lateral (
      select o.unsafe
      from app.product_match_facts as o
      where o.vendor_id = $1 and o.product_id = d.product_id
      offset 0
    ) as f';
begin
  return replace($statement$
  with terms as materialized (
    select t.code, t.self from app.match_terms($1, 'allergen') as t where t.code = any ($3)
  )
  select h.customer_id, h.product_id, h.last_at, n.codes
  from ({deliveries}) as h
  cross join lateral (
    select o.avoid_allergens, o.derived_limits
    from public.customer_health_profiles as o
    where o.vendor_id = $1 and o.customer_id = h.customer_id
    offset 0
  ) as p
  cross join lateral (
    select array_agg(t.code order by t.code) as codes
    from terms as t
    where h.unsafe & t.self <> 0
      and (
        t.code = any (p.avoid_allergens)
        or exists (
          select
          from jsonb_array_elements(p.derived_limits #> '{hard,avoid_allergens}') as e (entry)
          where e.entry ->> 'allergen' = t.code
            and not exists (
              select
              from public.products as o
              where o.vendor_id = $1 and o.id = h.product_id
                and o.dietary_tags && array(select jsonb_array_elements_text(e.entry -> 'unless_tags'))
            )
        )
      )
  ) as n
  where n.codes is not null and (h.customer_id, h.product_id) > ($5, $6)
  order by h.customer_id, h.product_id
  limit $7
  $statement$, '{deliveries}', case when by_product then v_of_product else v_of_allergen end);
end;
$$;

comment on function app.find_affected_statement is 'The statement that finds affected customers.';
