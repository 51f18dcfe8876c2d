-- Removes what ended or vanished jobs left in staging: tables of their own, batches, staged rows. A job clears up after
-- itself; this is for those that could not. Rows staged by a call of the API are merged in the same transaction, so one
-- that can be seen here was left behind. A schedule calls it.
create or replace function app.drop_stale_staging(max_rows int, keep interval, at timestamptz default now())
returns int
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_living constant uuid[] := array(
    select j.id
    from public.ingestion_jobs as j
    where j.finished_at is null or j.finished_at > drop_stale_staging.at - drop_stale_staging.keep
  );
  v_job_id uuid;
  v_table text;
  v_tables int := 0;
  v_rows int;
  v_most int := 0;
begin
  for v_job_id in
    select distinct substr(c.relname, 8, 32)::uuid
    from pg_catalog.pg_class as c
    where c.relnamespace = 'app'::regnamespace and c.relkind = 'r'
      and c.relname ~ '^ingest_[0-9a-f]{32}(_superseded)?$'
      and substr(c.relname, 8, 32)::uuid <> all (v_living)
    limit drop_stale_staging.max_rows
  loop
    perform app.drop_staging(v_job_id);
    v_tables := v_tables + 1;
  end loop;
  foreach v_table in array array['public.stg_products', 'public.stg_customers'] loop
    execute format(
      'delete from %1$s as s where s.ctid = any (array('
      'select o.ctid from %1$s as o where o.job_id is null or o.job_id <> all ($1) limit $2 for update skip locked))',
      v_table
    ) using v_living, drop_stale_staging.max_rows;
    get diagnostics v_rows = row_count;
    v_most := greatest(v_most, v_rows);
  end loop;
  return greatest(v_tables, v_most);
end;
$$;
comment on function app.drop_stale_staging is
  'Removes staging of jobs that ended so long ago or are gone; the larger count of tables and rows.';
