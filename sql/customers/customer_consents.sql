-- What customers agreed to, as a history: rows are only added, the latest of a type counts. Erasing the customer is the
-- one thing that removes them (app.erase_customer_data). Reached through functions only.
create table public.customer_consents (
  id bigint generated always as identity,
  vendor_id uuid not null,
  customer_id uuid not null,
  consent_type text not null,
  granted boolean not null,
  version text not null,
  "timestamp" timestamptz not null default clock_timestamp(),
  recorded_by uuid,
  note text,
  constraint customer_consents_pkey primary key (id),
  constraint vendor_exists foreign key (vendor_id) references public.vendors (id) on delete cascade,
  constraint consent_type_is_snake_case check (consent_type ~ '^[a-z][a-z0-9_]{0,63}$'),
  constraint version_is_not_blank check (version ~ '\S' and length(version) <= 100),
  constraint note_is_short check (length(note) <= 500)
);
create index customer_consents_latest on public.customer_consents (vendor_id, customer_id, consent_type, id desc);

comment on table public.customer_consents is
  'History of consents; the latest row of a type counts. Without a granted health_data no health data is processed.';
comment on column public.customer_consents.id is 'Order of recording.';
comment on column public.customer_consents.vendor_id is 'The vendor whose customer it is.';
comment on column public.customer_consents.customer_id is 'The customer who agreed or refused.';
comment on column public.customer_consents.consent_type is 'What it is about: health_data, marketing, ...';
comment on column public.customer_consents.granted is 'true: agreed; false: refused or withdrawn.';
comment on column public.customer_consents.version is 'Version of the text that was shown.';
comment on column public.customer_consents."timestamp" is 'When it was recorded.';
comment on column public.customer_consents.recorded_by is 'users.id of who recorded it; null for the platform.';
comment on column public.customer_consents.note is 'Why, where something is to be said.';

alter table public.customer_consents enable row level security;
alter table public.customer_consents force row level security;
