-- Products a customer asked for. They still obey every hard filter.
-- Reached through functions only (public.get_list_entry, put_list_entry, delete_list_entry).
create table public.customer_whitelists (
  id uuid not null default gen_random_uuid(),
  vendor_id uuid not null,
  customer_id uuid not null,
  product_id uuid not null,
  note text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint customer_whitelists_pkey primary key (vendor_id, customer_id, product_id),
  constraint customer_whitelists_id_is_unique unique (id),
  constraint vendor_exists foreign key (vendor_id) references public.vendors (id) on delete cascade,
  constraint note_is_short check (length(note) <= 500)
);
create index customer_whitelists_product on public.customer_whitelists (vendor_id, product_id);

comment on table public.customer_whitelists is 'Products a customer asked for. They still obey every hard filter.';
comment on column public.customer_whitelists.id is 'Names the entry.';
comment on column public.customer_whitelists.vendor_id is 'The vendor.';
comment on column public.customer_whitelists.customer_id is 'The customer.';
comment on column public.customer_whitelists.product_id is 'The product.';
comment on column public.customer_whitelists.note is 'Why, for people.';
comment on column public.customer_whitelists.created_at is 'When it was put on the list.';
comment on column public.customer_whitelists.updated_at is 'When its note last changed.';

alter table public.customer_whitelists enable row level security;
alter table public.customer_whitelists force row level security;
