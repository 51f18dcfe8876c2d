-- One run. Definer, because it counts profiles; superadmins and the service key only.
create or replace function app.get_generation_run(id uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_run public.generation_runs;
begin
  perform app.require_platform();
  select r.* into v_run from public.generation_runs as r where r.id = get_generation_run.id;
  if v_run.id is null then
    perform app.raise_problem(404, 'not-found', 'There is no such run.');
  end if;
  return app.generation_run_json(v_run);
end;
$$;
comment on function app.get_generation_run is 'A run as the API shows it; problems 403 and 404.';
grant execute on function app.get_generation_run to authenticated, service_role;
