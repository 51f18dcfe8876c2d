-- How one vendor's products are fetched from an API of somebody else's: where, with what key, in what pages, and what
-- its fields are called here. The secret lies in Vault.
create table public.connectors (
  id uuid not null default gen_random_uuid(),
  vendor_id uuid not null,
  source text not null,
  preset text,
  base_url text not null,
  auth_type text not null default 'none',
  auth jsonb not null default '{"type": "none"}',
  secrets_ref uuid,
  rate_limit_rpm int not null default 60,
  paging jsonb not null default '{"type": "none"}',
  record_path text not null default '',
  explode text,
  unwrap text[] not null default '{}',
  mapping jsonb not null default '{}',
  increments jsonb,
  max_pages int not null default 10000,
  enabled boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint connectors_pkey primary key (id),
  constraint a_vendors_connectors_have_sources_of_their_own unique (vendor_id, source),
  constraint vendor_exists foreign key (vendor_id) references public.vendors (id) on delete cascade,
  constraint source_is_a_word check (source ~ '^[a-z0-9][a-z0-9_-]{0,63}$'),
  constraint base_url_is_http check (base_url ~ '^https?://[^\s]+$' and length(base_url) <= 2000),
  constraint auth_type_is_that_of_auth check (auth_type = auth ->> 'type'),
  constraint rate_limit_is_sensible check (rate_limit_rpm between 1 and 6000),
  constraint max_pages_is_sensible check (max_pages between 1 and 100000)
);
comment on table public.connectors is
  'Connectors to product APIs. A vendor''s operators read them, its admins change them.';
comment on column public.connectors.id is 'Identifies the row.';
comment on column public.connectors.vendor_id is 'Whose catalogue it fills.';
comment on column public.connectors.source is 'The vendor''s own name for it, as in the path.';
comment on column public.connectors.preset is 'The preset it was made from; null without one.';
comment on column public.connectors.base_url is
  'Address of the first page, with the query parameters that never change.';
comment on column public.connectors.auth_type is
  'none, api_key, bearer, basic or oauth2_client_credentials; the same as in auth.';
comment on column public.connectors.auth is 'How requests identify themselves, without the secret.';
comment on column public.connectors.secrets_ref is 'The Vault secret: key, token, password or client secret.';
comment on column public.connectors.rate_limit_rpm is 'Requests a minute, at most.';
comment on column public.connectors.paging is
  'How the next page is asked for: none, page, offset, cursor or link_header.';
comment on column public.connectors.record_path is
  'Where in an answer the list of records is, as members with dots between; blank when the answer is the list.';
comment on column public.connectors.explode is
  'A list in each record whose elements become rows of their own, with the rest of the record repeated; or null.';
comment on column public.connectors.unwrap is 'Objects in each record whose members count as the record''s own.';
comment on column public.connectors.mapping is
  'Member (with dots between) to field, as a vendor''s mapping of files; goes before it and before the synonyms.';
comment on column public.connectors.increments is
  'How to ask for what changed since the last sync: {"param", "format", "overlap_seconds"}; null for everything.';
comment on column public.connectors.max_pages is 'A sync that would need more pages fails: it does not seem to end.';
comment on column public.connectors.enabled is 'false: no sync can be started.';
comment on column public.connectors.created_at is 'When it was made.';
comment on column public.connectors.updated_at is 'When it last changed.';

create trigger touch_updated_at_trigger
before update on public.connectors
for each row execute function app.touch_updated_at();

create trigger audit_change_trigger
after insert or update or delete on public.connectors
for each row execute function app.audit_change('connector', 'source');

create trigger delete_connector_secret_trigger
after delete on public.connectors
for each row execute function app.delete_connector_secret();

alter table public.connectors enable row level security;
alter table public.connectors force row level security;
create policy "operators read the connectors of their vendor" on public.connectors
for select to authenticated
using (vendor_id = (select app.current_vendor_id()) and (select app.has_role('vendor_operator')));
grant select on public.connectors to authenticated, service_role;
