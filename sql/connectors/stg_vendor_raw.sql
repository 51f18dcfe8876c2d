-- Pages as the sources sent them, kept for 30 days: to explain where a value came from, and to answer for a page that
-- its source calls unchanged (304). A page is written in the transaction that merges its records.
create table public.stg_vendor_raw (
  id bigint generated always as identity,
  vendor_id uuid not null,
  source text not null,
  page_id text not null,
  payload jsonb not null,
  fetched_at timestamptz not null default now(),
  job_id uuid,
  page_no int not null,
  etag text,
  last_modified text,
  link text,
  constraint stg_vendor_raw_pkey primary key (id),
  constraint vendor_exists foreign key (vendor_id) references public.vendors (id) on delete cascade
);
create index stg_vendor_raw_page_idx on public.stg_vendor_raw (vendor_id, source, page_id, fetched_at desc);
create index stg_vendor_raw_fetched_at_idx on public.stg_vendor_raw (fetched_at);
comment on table public.stg_vendor_raw is 'Raw pages of connector syncs, for 30 days. No client can read them.';
comment on column public.stg_vendor_raw.id is 'Identifies the row.';
comment on column public.stg_vendor_raw.vendor_id is 'Whose connector fetched it.';
comment on column public.stg_vendor_raw.source is 'The connector.';
comment on column public.stg_vendor_raw.page_id is 'SHA-256 of the request''s address, without secrets.';
comment on column public.stg_vendor_raw.payload is 'The whole answer.';
comment on column public.stg_vendor_raw.fetched_at is 'When it was fetched, or last confirmed with 304.';
comment on column public.stg_vendor_raw.job_id is 'The sync that fetched or last confirmed it.';
comment on column public.stg_vendor_raw.page_no is 'Its place in that sync, from 1.';
comment on column public.stg_vendor_raw.etag is 'The answer''s ETag, for the next If-None-Match.';
comment on column public.stg_vendor_raw.last_modified is 'The answer''s Last-Modified, for the next If-Modified-Since.';
comment on column public.stg_vendor_raw.link is 'The answer''s Link header.';

alter table public.stg_vendor_raw enable row level security;
alter table public.stg_vendor_raw force row level security;
grant select on public.stg_vendor_raw to service_role;
