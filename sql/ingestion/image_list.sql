-- Addresses of pictures as public.stg_products.images wants them; null for none.
create or replace function app.image_list(urls text[])
returns jsonb
language sql
immutable
parallel safe
set search_path = ''
as $$
  select jsonb_agg(jsonb_build_object('url', i.url) order by i.place)
  from unnest(urls) with ordinality as i (url, place);
$$;
comment on function app.image_list is 'Array of {"url"} of a list of addresses.';
