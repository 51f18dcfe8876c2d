-- The record of every workflow id handed out. Columns as the Super ID requirements give them. Append-only.
create table public.generated_super_ids (
  -- squawk-ignore prefer-identity
  id bigserial not null,
  super_id uuid not null,
  generated_at timestamptz not null default now(),
  requested_by_client_id text,
  metadata jsonb,
  constraint generated_super_ids_pkey primary key (id),
  constraint super_id_is_unique unique (super_id),
  constraint super_id_is_a_v4_uuid check (uuid_extract_version(super_id) = 4),
  constraint metadata_is_a_small_object check (
    metadata is null or (jsonb_typeof(metadata) = 'object' and app.json_fits(metadata, 4096))
  )
);
comment on table public.generated_super_ids is
  'Every super id ever handed out. Append-only; clients with super_id:read may read it.';
comment on column public.generated_super_ids.id is 'Running number of the record.';
comment on column public.generated_super_ids.super_id is 'The id handed out: a random (version 4) uuid.';
comment on column public.generated_super_ids.generated_at is 'When it was made and recorded.';
comment on column public.generated_super_ids.requested_by_client_id is
  'Who asked: the client''s Appwrite id or the sub of its token; null when nobody was named.';
comment on column public.generated_super_ids.metadata is
  'What the client wished to note with it: an object of at most 4 KiB; null for nothing.';

create trigger refuse_change_trigger
before update or delete or truncate on public.generated_super_ids
for each statement execute function app.refuse_change();

alter table public.generated_super_ids enable row level security;
alter table public.generated_super_ids force row level security;
create policy "clients with super_id:read read the record" on public.generated_super_ids
for select to authenticated
using ((select app.has_permission('super_id:read')));
grant select on public.generated_super_ids to authenticated;
grant select, insert on public.generated_super_ids to service_role;
grant usage on sequence public.generated_super_ids_id_seq to service_role;
