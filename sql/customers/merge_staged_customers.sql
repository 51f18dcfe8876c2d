-- The one way into the customers: a batch of public.stg_customers. Read it as a list of steps, each a function of this
-- folder; the same plan of work, answer and work tables as app.merge_staged_products.
--   mode    'api' refuses a row for any fault; 'file' leaves out what can be left out
--   fields  the fields a file speaks about (its mapped columns): an empty cell of one clears the stored value
-- Answers {"received", "inserted", "updated", "unchanged", "failed", "errors", "catalog_version"}; errors of a job go
-- to ingestion_job_errors instead. Called by the worker as owner and by app.upsert_customers; never granted.
create or replace function app.merge_staged_customers(batch_id uuid, mode text, fields text[] default null)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_vendor_id uuid;
  v_job_id uuid;
  v_received int;
begin
  select min(s.vendor_id::text)::uuid, min(s.job_id::text)::uuid, count(*)
  into v_vendor_id, v_job_id, v_received
  from public.stg_customers as s
  where s.batch_id = merge_staged_customers.batch_id;

  perform app.open_customer_merge();
  if v_received > 0 then
    perform app.check_staged_customers(
      v_vendor_id, merge_staged_customers.batch_id, merge_staged_customers.mode, merge_staged_customers.fields
    );
    if v_job_id is not null then
      -- Jobs of one vendor write one after the other, as for products.
      perform pg_advisory_xact_lock(hashtextextended('merge customers ' || v_vendor_id, 0));
    end if;
    perform app.apply_checked_customers(v_vendor_id);
    perform app.merge_staged_health(v_vendor_id, v_job_id, merge_staged_customers.batch_id);
  end if;
  return app.close_customer_merge(v_vendor_id, v_job_id, merge_staged_customers.batch_id, v_received);
end;
$$;

comment on function app.merge_staged_customers is
  'Validates, deduplicates and upserts a staged batch of customers; answers its counts and errors.';
