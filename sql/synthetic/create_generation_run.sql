-- The door to app.create_generation_run.
create or replace function public.create_generation_run(params jsonb)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select app.create_generation_run(create_generation_run.params);
$$;
comment on function public.create_generation_run is
  'Asks for synthetic patients, therapists and check-ins. Superadmins and the service key only.';
grant execute on function public.create_generation_run to authenticated, service_role;
