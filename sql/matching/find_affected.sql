-- The customers behind app.affected_customers, in the order of customer and product, after a place. Two ways round:
-- from one product to those who had it, or from those who avoid an allergen to what they had. Both walk indexes in the
-- order of the answer and stop when there are enough; where nobody is affected they see every delivery of the product,
-- or every delivery to those who avoid the allergen. The planner is held to this: it takes lists and masks for rarer
-- than they are. Rules (celiac: gluten) count like the customer's own list.
create or replace function app.find_affected(
  vendor_id uuid, of_product uuid, of_allergen text, after_customer uuid, after_product uuid, most int
)
returns table (customer_id uuid, product_id uuid, last_at timestamptz, allergens text[])
language plpgsql
stable
set search_path = ''
set enable_hashjoin = off
set enable_mergejoin = off
set max_parallel_workers_per_gather = 0
set work_mem = '64MB'
set jit = off
as $$
declare
  v_mask bigint;
  v_codes text[];
begin
  if find_affected.of_allergen is not null then
    select t.up | t.down into v_mask
    from app.match_terms(find_affected.vendor_id, 'allergen') as t
    where t.code = find_affected.of_allergen;
  else
    v_mask := app.unsafe_mask(find_affected.vendor_id, find_affected.of_product);
  end if;
  select coalesce(array_agg(t.code), '{}') into v_codes
  from app.match_terms(find_affected.vendor_id, 'allergen') as t
  where t.self & v_mask <> 0;
  return query execute app.find_affected_statement(by_product => find_affected.of_product is not null)
  using find_affected.vendor_id, v_mask, v_codes, find_affected.of_product,
    coalesce(find_affected.after_customer, '00000000-0000-0000-0000-000000000000'),
    coalesce(find_affected.after_product, '00000000-0000-0000-0000-000000000000'), find_affected.most;
end;
$$;

comment on function app.find_affected is 'Customers who had a product that is unsafe for them now, with the allergens.';
