-- The allergens a customer avoids that nothing rules out for each of some products; only where the policy says warn,
-- since otherwise no such product is shown.
create or replace function app.unproven_allergens(vendor_id uuid, ids uuid[], inputs jsonb)
returns table (product_id uuid, codes jsonb)
language plpgsql
stable
set search_path = ''
as $$
begin
  if inputs #>> '{policy,unknown_allergens}' <> 'warn' then
    return;
  end if;
  return query
  with avoided as materialized (
    select t.code, t.self
    from app.match_term_bits(unproven_allergens.vendor_id, 'allergen') as t
    where inputs -> 'avoid_allergens' ? t.code
      or exists (
        select
        from jsonb_array_elements(inputs #> '{limits,hard,avoid_allergens}') as e (entry)
        where e.entry ->> 'allergen' = t.code
      )
  )
  select f.product_id, jsonb_agg(a.code order by a.code)
  from app.product_match_facts as f
  inner join avoided as a on f.unproven & a.self <> 0
  where f.vendor_id = unproven_allergens.vendor_id and f.product_id = any (ids)
  group by f.product_id;
end;
$$;

comment on function app.unproven_allergens is 'Avoided allergens that cannot be ruled out, by product.';
