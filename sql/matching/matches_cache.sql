-- Computed matches, for 15 minutes. They tell of a customer's health: nobody has a grant, app.match_products is the
-- only door. A row holds for the catalogue's version in its key and for the inputs it was computed from: profile,
-- lists, rules and policy are hashed into `inputs_hash`, so that a change of any of them makes the row worthless
-- without anybody having to remember to delete it.
create table public.matches_cache (
  vendor_id uuid not null,
  customer_id uuid not null,
  catalog_version bigint not null,
  results jsonb not null,
  ttl_at timestamptz not null,
  k int not null,
  inputs_hash text not null,
  excluded jsonb not null,
  generated_at timestamptz not null,
  primary key (vendor_id, customer_id, catalog_version),
  constraint vendor_exists foreign key (vendor_id) references public.vendors (id) on delete cascade,
  constraint results_is_a_list check (jsonb_typeof(results) = 'array'),
  constraint k_is_from_1_to_100 check (k between 1 and 100)
);
create index matches_cache_ttl_at on public.matches_cache (ttl_at);

comment on table public.matches_cache is
  'Matches computed in the last 15 minutes; reached through match_products only.';
comment on column public.matches_cache.k is 'How many results were asked for: fewer can be served from the row.';
comment on column public.matches_cache.inputs_hash is 'Hash of all that the customer and the vendor''s rules put in.';

alter table public.matches_cache enable row level security;
alter table public.matches_cache force row level security;
