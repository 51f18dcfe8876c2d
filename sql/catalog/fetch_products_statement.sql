-- The products with these ids, in their order, as answers show them. Tiers, when given, become scores: 1 every word in
-- the name, 0.5 in name or brand, 0.25 elsewhere. Id by id, so that only the leaf that can have it is looked into: `=
-- any` looks for every id in every leaf.
create or replace function app.fetch_products_statement()
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return '
  with pictures as materialized (
    select
      i.product_id,
      jsonb_agg(jsonb_build_object(''url'', i.url, ''alt'', i.alt) order by i."order", i.id) as images
    from public.product_images as i
    where i.vendor_id = %2$s and i.product_id = any (ids)
    group by i.product_id
  )
  select app.product_document(
    p, (select s.images from pictures as s where s.product_id = p.id), (1 / 2.0 ^ tiers[w.place])::real
  )
  from unnest(ids) with ordinality as w (id, place)
  inner join %1$s as p on p.vendor_id = %2$s and p.id = w.id
  where p.soft_deleted_at is null
  order by w.place';
end;
$$;

comment on function app.fetch_products_statement is 'The statement of a vendor''s fetch_products.';
