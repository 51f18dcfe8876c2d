-- The door to app.publish_job.
create or replace function public.publish_job(job jsonb)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select app.publish_job(publish_job.job);
$$;
comment on function public.publish_job is
  'Publishes a construction job {microId, microUuid?, answers, location?, budget?, currency?}; for everybody signed '
  'in.';
grant execute on function public.publish_job to authenticated;
