-- The door to app.close_job.
create or replace function public.close_job(id uuid)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select app.close_job(close_job.id);
$$;
comment on function public.close_job is 'Closes a construction job of the caller; problem 404.';
grant execute on function public.close_job to authenticated;
