-- Answers to requests that carried an Idempotency-Key, kept 24 hours. A row is written in the transaction of the work
-- it answers for, so neither exists without the other; while the work runs, an advisory lock stands for the row.
-- Answers may hold health data: no client reads this table, only the two functions do.
create table public.idempotency_keys (
  id bytea not null,
  key text not null,
  vendor_id uuid,
  subject text not null,
  method text not null,
  path text not null,
  request_hash text not null,
  response_hash text not null,
  status int not null,
  response_headers jsonb not null default '{}',
  response_body text,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null default now() + interval '24 hours',
  constraint idempotency_keys_pkey primary key (id),
  constraint id_is_a_sha256 check (octet_length(id) = 32),
  constraint key_has_1_to_255_characters check (length(key) between 1 and 255),
  constraint status_is_final check (status between 200 and 499 and status not in (401, 429)),
  constraint headers_are_an_object check (jsonb_typeof(response_headers) = 'object'),
  constraint expires_at_is_after_created_at check (expires_at > created_at)
);
create index idempotency_keys_expires_at_idx on public.idempotency_keys (expires_at);
comment on table public.idempotency_keys is
  'Stored answers by Idempotency-Key, scoped to vendor, user, method and path. Not readable by clients.';
comment on column public.idempotency_keys.id is 'SHA-256 of vendor, subject, method, path and key: the scope in one.';
comment on column public.idempotency_keys.key is 'The key as the client sent it.';
comment on column public.idempotency_keys.vendor_id is 'The vendor of the request; null for calls that belong to none.';
comment on column public.idempotency_keys.subject is 'The caller: users.id, or the name of a service client.';
comment on column public.idempotency_keys.method is 'POST, PUT or PATCH.';
comment on column public.idempotency_keys.path is 'The path as sent, without the query.';
comment on column public.idempotency_keys.request_hash is
  'Tells whether a repeated request is the same: hash of query and body.';
comment on column public.idempotency_keys.response_hash is 'SHA-256 of the stored body, as hex.';
comment on column public.idempotency_keys.status is 'HTTP status of the answer.';
comment on column public.idempotency_keys.response_headers is
  'Headers of the answer that belong to it, such as Location.';
comment on column public.idempotency_keys.response_body is 'The whole answer; null where it has no body.';
comment on column public.idempotency_keys.created_at is 'When the work was done.';
comment on column public.idempotency_keys.expires_at is 'From then on the key is free again.';
-- Answers to batches are large and compress well; lz4 costs a fraction of pglz, where the server was built with it.
do $$
begin
  if exists (select from pg_catalog.pg_settings as s
    where s.name = 'default_toast_compression' and 'lz4' = any (s.enumvals))
  then
    alter table public.idempotency_keys alter column response_body set compression lz4;
  end if;
end;
$$;

alter table public.idempotency_keys enable row level security;
alter table public.idempotency_keys force row level security;
