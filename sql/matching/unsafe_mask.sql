-- The allergens one product contains or may contain, as a mask, whether it is still shown or not: recalled products
-- have no facts any more.
create or replace function app.unsafe_mask(vendor_id uuid, product_id uuid)
returns bigint
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
declare
  v_terms constant record := app.match_fact_terms(unsafe_mask.vendor_id);
begin
  return (
    select
      (select coalesce(bit_or((v_terms.up ->> a)::bigint), 0) from unnest(p.allergens || p.may_contain) as a)
      | (
        (select coalesce(bit_or((v_terms.down ->> a)::bigint), 0) from unnest(p.allergens || p.may_contain) as a)
        & ~(select coalesce(bit_or((v_terms.down ->> a)::bigint), 0) from unnest(p.free_from) as a)
      )
    from public.products as p
    where p.vendor_id = unsafe_mask.vendor_id and p.id = unsafe_mask.product_id
  );
end;
$$;

comment on function app.unsafe_mask is 'Mask of the allergens a product contains or may contain.';
