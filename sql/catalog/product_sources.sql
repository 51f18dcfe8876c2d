-- Lineage: where the present values of a product last came from, at most one row per product and kind of source.
-- A row is written only when the product was inserted or changed, so an identical re-upload costs nothing here.
create table public.product_sources (
  vendor_id uuid not null,
  product_id uuid not null,
  source text not null,
  id uuid not null default gen_random_uuid(),
  source_ref text,
  ingestion_job_id uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (vendor_id, product_id, source),
  constraint source_is_csv_or_api check (source in ('csv', 'api'))
);

comment on table public.product_sources is
  'Lineage of products: the last file line and the last API call that changed each.';
comment on column public.product_sources.vendor_id is 'The vendor that owns the product.';
comment on column public.product_sources.product_id is 'The product.';
comment on column public.product_sources.source is 'csv for a file, api for a call or a connector.';
comment on column public.product_sources.id is 'Identifies the row.';
comment on column public.product_sources.source_ref is
  'The line of the file, the record of the sync, or the request id of the call; null when unknown.';
comment on column public.product_sources.ingestion_job_id is 'The job that brought the values; null for a direct call.';
comment on column public.product_sources.created_at is 'When this kind of source first wrote the product.';
comment on column public.product_sources.updated_at is 'When it last changed the product.';

alter table public.product_sources enable row level security;
alter table public.product_sources force row level security;

create policy "members read their vendor's lineage" on public.product_sources
for select to authenticated
using (vendor_id = (select app.current_vendor_id()));

grant select on public.product_sources to authenticated, service_role;
