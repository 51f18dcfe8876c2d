-- One job of the caller's. An invoker: row level security hides those of others.
create or replace function public.get_job(id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_job public.jobs;
begin
  select j.* into v_job
  from public.jobs as j
  where j.id = get_job.id and (app.is_service() or j.owner_id = (select app.signed_in_user_id()));
  if v_job.id is null then
    perform app.raise_problem(404, 'not-found', 'You have no such job.');
  end if;
  return app.job_json(v_job);
end;
$$;
comment on function public.get_job is 'One construction job of the caller; problem 404.';
grant execute on function public.get_job to authenticated, service_role;
