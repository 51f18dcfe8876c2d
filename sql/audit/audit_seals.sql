-- The hash chain over the audit log: one row for each sealed audit row, in the order of sealing. A hash covers the row
-- and the hash before it, so a change of one row shows at every later one. Its own table, so that sealing never updates
-- an audit row; its partitions go with the months of the log, and previous_hash lets what remains stand by itself.
create table app.audit_seals (
  seq bigint not null,
  audit_id bigint not null,
  audit_timestamp timestamptz not null,
  previous_hash bytea not null,
  hash bytea not null,
  constraint audit_seals_pkey primary key (seq, audit_timestamp),
  constraint hashes_are_sha256 check (octet_length(previous_hash) = 32 and octet_length(hash) = 32)
) partition by range (audit_timestamp);
create index audit_seals_audit_id_idx on app.audit_seals (audit_id);
comment on table app.audit_seals is 'Number and hash of each sealed row of the audit log.';
comment on column app.audit_seals.seq is 'Place in the chain: 1, 2, 3, without a gap.';
comment on column app.audit_seals.audit_id is 'The audit row''s id.';
comment on column app.audit_seals.audit_timestamp is 'The audit row''s time; decides the partition, as there.';
comment on column app.audit_seals.previous_hash is 'The hash at seq - 1; 32 zero bytes for the first.';
comment on column app.audit_seals.hash is 'SHA-256 of previous_hash and the canonical row.';

create trigger refuse_change_trigger
before update or delete or truncate on app.audit_seals
for each statement execute function app.refuse_change();
alter table app.audit_seals enable always trigger refuse_change_trigger;
alter table app.audit_seals enable row level security;
alter table app.audit_seals force row level security;
