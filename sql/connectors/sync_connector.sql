-- The door to app.sync_connector.
create or replace function public.sync_connector(source text, whole boolean default false)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select app.ingestion_job_json(j) from app.sync_connector(sync_connector.source, sync_connector.whole) as j;
$$;
comment on function public.sync_connector is
  'Starts a job that fetches a connector''s products; 409 while one is running. For operators.';
grant execute on function public.sync_connector to authenticated;
