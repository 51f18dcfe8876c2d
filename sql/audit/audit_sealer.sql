-- Where the sealer stands; one row. The chain itself is the truth, this only says where to go on.
create table app.audit_sealer (
  only_row boolean not null default true,
  seq bigint not null default 0,
  hash bytea not null default decode(repeat('00', 32), 'hex'),
  last_xact xid8 not null default '0',
  last_id bigint not null default 0,
  floor_id bigint not null default 0,
  constraint audit_sealer_pkey primary key (only_row),
  constraint there_is_one_row check (only_row)
);
comment on table app.audit_sealer is 'The sealer''s place in the audit log.';
comment on column app.audit_sealer.seq is 'Rows sealed so far.';
comment on column app.audit_sealer.hash is 'The head hash.';
comment on column app.audit_sealer.last_xact is 'Transaction of the last sealed row; sealing goes by (xact, id).';
comment on column app.audit_sealer.last_id is 'Id of the last sealed row.';
comment on column app.audit_sealer.floor_id is
  'Rows up to this id were sealed in a former life of the database: after a restore, transactions are numbered anew.';
alter table app.audit_sealer enable row level security;
alter table app.audit_sealer force row level security;
insert into app.audit_sealer (only_row) values (true) on conflict on constraint audit_sealer_pkey do nothing;
