-- Gives slug-only jobs the uuid of their service: one batch a call, in a transaction of its own, so that it can stop
-- anywhere and go on by being called again. Takes jobs by slug from an index that holds slug-only ones alone, so
-- neither those done nor the orphans are looked at again; rows that somebody is changing are left for the next call
-- instead of waiting. Definer, because it writes everybody's jobs; superadmins and the platform only.
create or replace function app.migrate_job_uuids(batch_size int)
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
    select j.id, m.id as micro_uuid
    from public.micro_services as m
    join public.jobs as j on j.micro_id = m.slug
    where j.micro_uuid is null
    limit migrate_job_uuids.batch_size
    for update of j skip locked
  )
  update public.jobs as j
  set micro_uuid = c.micro_uuid, micro_uuid_backfilled_at = now()
  from candidates as c
  where j.id = c.id;
  get diagnostics v_changed = row_count;
  perform app.record_uuid_migration('forward', migrate_job_uuids.batch_size, v_changed, v_started);
  return v_changed;
end;
$$;
comment on function app.migrate_job_uuids is 'Fills micro_uuid of one batch of slug-only jobs; returns how many.';
grant execute on function app.migrate_job_uuids to authenticated, service_role;
