-- The products at these places, in their order, as answers show them. Score: 1 every word in the name, 0.5 in name or
-- brand,
-- 0.25 elsewhere; the order within one score is the order of change.
create or replace function app.product_rows(vendor_id uuid, places app.product_place[], with_score boolean)
returns jsonb
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
begin
  return coalesce(
    (
      select jsonb_agg(
        app.product_json(p)
          || case when with_score then jsonb_build_object('score', (1 / 2.0 ^ l.tier)::real) else '{}' end
        order by l.place
      )
      from unnest(places) with ordinality as l (tier, updated_at, id, place)
      inner join public.products as p
        on p.vendor_id = product_rows.vendor_id and p.id = l.id and p.soft_deleted_at is null
      where p.vendor_id = product_rows.vendor_id and p.id = any (array(select u.id from unnest(places) as u))
    ),
    '[]'
  );
end;
$$;

comment on function app.product_rows is 'Products at given places as a JSON list.';
