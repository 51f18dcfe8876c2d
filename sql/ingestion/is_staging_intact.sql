-- Whether what a job loaded is still there: a Postgres crash empties unlogged tables and this marker with them.
create or replace function app.is_staging_intact(job_id uuid)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (select from app.ingestion_staging_markers as m where m.job_id = is_staging_intact.job_id);
$$;
comment on function app.is_staging_intact is 'False after a Postgres crash: the job must load its file again.';
