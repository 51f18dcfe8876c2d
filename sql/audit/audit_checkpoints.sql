-- The head of the chain as it was at certain moments: at least daily while there is anything new. Small and kept for
-- ever, so that a month can still be held to something when the months before it are gone, and worth copying elsewhere.
create table app.audit_checkpoints (
  seq bigint not null,
  hash bytea not null,
  created_at timestamptz not null default now(),
  constraint audit_checkpoints_pkey primary key (seq),
  constraint hash_is_a_sha256 check (octet_length(hash) = 32)
);
comment on table app.audit_checkpoints is 'Heads of the audit chain, written down as it grows.';
comment on column app.audit_checkpoints.seq is 'The place in the chain.';
comment on column app.audit_checkpoints.hash is 'The hash at that place.';
comment on column app.audit_checkpoints.created_at is 'When it was written down.';

create trigger refuse_change_trigger
before update or delete or truncate on app.audit_checkpoints
for each statement execute function app.refuse_change();
alter table app.audit_checkpoints enable always trigger refuse_change_trigger;
alter table app.audit_checkpoints enable row level security;
alter table app.audit_checkpoints force row level security;
