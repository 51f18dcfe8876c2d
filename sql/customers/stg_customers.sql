-- Customers on their way in: one row per item of a call or line of a file, everything as given, checked by
-- app.merge_staged_customers, which also removes the batch. Unlogged: after a crash it is empty, and its writer starts
-- over.
create unlogged table public.stg_customers (
  batch_id uuid not null,
  row_no bigint not null,
  vendor_id uuid not null,
  job_id uuid,
  present text[],
  external_id text,
  full_name text,
  email text,
  phone text,
  dob text,
  age text,
  gender text,
  location jsonb,
  custom_tags text[],
  health_consent text,
  health jsonb,
  primary key (batch_id, row_no)
);

comment on table public.stg_customers is
  'Staging of customers; emptied by the merge of each batch. No client can read it.';
comment on column public.stg_customers.batch_id is 'One merge handles one batch of one vendor.';
comment on column public.stg_customers.row_no is
  'Position in the call (from 0) or line of the file; the last row of a key wins.';
comment on column public.stg_customers.vendor_id is 'The vendor; the same in every row of a batch.';
comment on column public.stg_customers.job_id is 'The ingestion job; null for a call.';
comment on column public.stg_customers.present is
  'Fields this row speaks about. Null: see the fields argument of app.merge_staged_customers.';
comment on column public.stg_customers.health_consent is 'Files only: whether the customer agreed to health data.';
comment on column public.stg_customers.health is
  'Files only: inputs of the health profile, as put_customer_health takes them.';

alter table public.stg_customers enable row level security;
alter table public.stg_customers force row level security;
