-- How many products a vendor had when its word counts were taken, and how many changed since.
create table app.catalog_statistics (
  vendor_id uuid primary key references public.vendors (id) on delete cascade,
  products bigint not null default 0,
  changes bigint not null default 0,
  taken_at timestamptz not null default now()
);

comment on table app.catalog_statistics is 'State of app.catalog_lexemes per vendor.';
comment on column app.catalog_statistics.products is 'Living products when the counts were taken.';
comment on column app.catalog_statistics.changes is 'Products changed since.';

alter table app.catalog_statistics enable row level security;
alter table app.catalog_statistics force row level security;
