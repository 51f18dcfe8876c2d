-- Up to where a vendor's cells and classes are known: rows written by transactions from `horizon` on may be missing.
create table app.match_statistics (
  vendor_id uuid primary key references public.vendors (id) on delete cascade,
  horizon xid8 not null,
  products bigint not null,
  taken_at timestamptz not null default clock_timestamp()
);

comment on table app.match_statistics is 'Which transactions app.match_cells covers, by vendor.';

alter table app.match_statistics enable row level security;
alter table app.match_statistics force row level security;
