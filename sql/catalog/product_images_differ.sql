-- Whether a product's stored pictures are others than those given; null given means none.
create or replace function app.product_images_differ(vendor_id uuid, product_id uuid, images jsonb)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
declare
  v_stored jsonb;
begin
  select coalesce(jsonb_agg(jsonb_build_array(i.url, i.alt) order by i."order", i.id), '[]') into v_stored
  from public.product_images as i
  where i.vendor_id = product_images_differ.vendor_id and i.product_id = product_images_differ.product_id;
  return v_stored <> (
    select coalesce(jsonb_agg(jsonb_build_array(g.url, g.alt) order by g.place), '[]')
    from app.given_images(product_images_differ.images) as g
  );
end;
$$;

comment on function app.product_images_differ is 'Whether stored pictures differ from given ones.';
