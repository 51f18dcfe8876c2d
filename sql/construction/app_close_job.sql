-- Closes a job of the caller's; closing it again changes nothing. Definer, because clients write no jobs.
create or replace function app.close_job(id uuid)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_job public.jobs;
begin
  update public.jobs as j
  set status = 'closed'
  where j.id = close_job.id and j.owner_id = app.signed_in_user_id()
  returning j.* into v_job;
  if v_job.id is null then
    perform app.raise_problem(404, 'not-found', 'You have no such job.');
  end if;
  return app.job_json(v_job);
end;
$$;
comment on function app.close_job is 'Closes a construction job of the caller; problem 404.';
grant execute on function app.close_job to authenticated;
