-- Which places of the chain went with a month past its retention: the only gaps that verification accepts.
create table app.audit_retired_months (
  part text not null,
  first_seq bigint not null,
  last_seq bigint not null,
  retired_at timestamptz not null default now(),
  constraint audit_retired_months_pkey primary key (part),
  constraint last_seq_is_not_before_first_seq check (last_seq >= first_seq)
);
comment on table app.audit_retired_months is 'Months of the audit log that were dropped after six years.';
comment on column app.audit_retired_months.part is 'Name of the partition of seals.';
comment on column app.audit_retired_months.first_seq is 'Its first place in the chain.';
comment on column app.audit_retired_months.last_seq is 'Its last place in the chain.';
comment on column app.audit_retired_months.retired_at is 'When it was dropped.';

create trigger refuse_change_trigger
before update or delete or truncate on app.audit_retired_months
for each statement execute function app.refuse_change();
alter table app.audit_retired_months enable always trigger refuse_change_trigger;
alter table app.audit_retired_months enable row level security;
alter table app.audit_retired_months force row level security;
