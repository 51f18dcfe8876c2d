-- Pictures of products, in the order to show them. Replaced as a whole when an upsert brings images.
-- The primary key starts with the product, so one index finds a product's pictures and keeps a url from appearing
-- twice.
create table public.product_images (
  vendor_id uuid not null,
  product_id uuid not null,
  id uuid not null,
  url text not null,
  alt text,
  "order" integer not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (vendor_id, product_id, id),
  constraint id_is_derived_from_product_and_url check (id = extensions.uuid_generate_v5(product_id, url)),
  constraint url_is_http check (url ~ '^https?://' and length(url) <= 2048),
  constraint order_is_not_negative check ("order" >= 0)
);

comment on table public.product_images is 'Pictures of products. Given as images of an upserted product.';
comment on column public.product_images.vendor_id is 'The vendor that owns the product.';
comment on column public.product_images.product_id is 'The product shown.';
comment on column public.product_images.id is 'Derived: uuid v5 of the url in the namespace of the product.';
comment on column public.product_images.url is 'Where the picture is; http or https.';
comment on column public.product_images.alt is 'What the picture shows, in words.';
comment on column public.product_images."order" is 'Position, from 0.';
comment on column public.product_images.created_at is 'When the picture was first stored.';
comment on column public.product_images.updated_at is 'When its text or position last changed.';

alter table public.product_images enable row level security;
alter table public.product_images force row level security;

create policy "members read their vendor's pictures" on public.product_images
for select to authenticated
using (vendor_id = (select app.current_vendor_id()));

grant select on public.product_images to authenticated, service_role;
