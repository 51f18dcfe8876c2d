-- Takes back what the backfill filled in, a batch a call: jobs that were published with their uuid keep it. Jobs stay
-- valid by their slug throughout. Definer for the same reason as the way forward.
create or replace function app.rollback_job_uuids(batch_size int)
returns int
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_started timestamptz := clock_timestamp();
  v_changed int;
begin
  perform app.require_platform();
  perform app.require_batch_size(batch_size);
  with candidates as (
    select j.id
    from public.jobs as j
    where j.micro_uuid_backfilled_at is not null
    limit rollback_job_uuids.batch_size
    for update skip locked
  )
  update public.jobs as j
  set micro_uuid = null, micro_uuid_backfilled_at = null
  from candidates as c
  where j.id = c.id;
  get diagnostics v_changed = row_count;
  perform app.record_uuid_migration('back', rollback_job_uuids.batch_size, v_changed, v_started);
  return v_changed;
end;
$$;
comment on function app.rollback_job_uuids is 'Empties micro_uuid of one batch of backfilled jobs; returns how many.';
grant execute on function app.rollback_job_uuids to authenticated, service_role;
