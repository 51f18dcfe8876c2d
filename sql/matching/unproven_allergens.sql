-- The allergens a customer avoids that nothing rules out for a product; only where the policy says warn, since
-- otherwise no such product is shown.
create or replace function app.unproven_allergens(vendor_id uuid, product_id uuid, inputs jsonb)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  if inputs #>> '{policy,unknown_allergens}' <> 'warn' then
    return '[]';
  end if;
  return (
    select coalesce(jsonb_agg(t.code order by t.code), '[]')
    from app.match_terms(unproven_allergens.vendor_id, 'allergen') as t
    inner join app.product_match_facts as f
      on f.vendor_id = unproven_allergens.vendor_id and f.product_id = unproven_allergens.product_id
    where f.unproven & t.self <> 0
      and (
        inputs -> 'avoid_allergens' ? t.code
        or exists (
          select
          from jsonb_array_elements(inputs #> '{limits,hard,avoid_allergens}') as e (entry)
          where e.entry ->> 'allergen' = t.code
        )
      )
  );
end;
$$;

comment on function app.unproven_allergens is 'Avoided allergens that cannot be ruled out for a product.';
