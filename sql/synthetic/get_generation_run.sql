-- The door to app.get_generation_run.
create or replace function public.get_generation_run(id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select app.get_generation_run(get_generation_run.id);
$$;
comment on function public.get_generation_run is
  'A run of the synthetic data generator with its progress. Superadmins and the service key only.';
grant execute on function public.get_generation_run to authenticated, service_role;
