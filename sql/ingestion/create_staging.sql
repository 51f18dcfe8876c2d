-- Makes the empty table a job's rows are loaded into: their number, and one text column per loaded column of the file.
-- Starts the load over where one was begun. Batches that reached the catalogue keep their counts: the rows are numbered
-- the same way again.
create or replace function app.create_staging(job_id uuid, positions int[])
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_table text := app.ingest_table(create_staging.job_id);
  v_sequence text := app.ingest_row_sequence(create_staging.job_id);
begin
  execute format('drop table if exists %s, %s', v_table, app.superseded_table(create_staging.job_id));
  execute format('drop sequence if exists %s', v_sequence);
  execute format('create unlogged sequence %s', v_sequence);
  execute format('create unlogged table %s (row_no bigint not null default nextval(%L), %s)', v_table, v_sequence, (
    select string_agg(format('c%s text', p), ', ' order by p) from unnest(create_staging.positions) as p
  ));
  execute format('alter sequence %s owned by %s.row_no', v_sequence, v_table);
  -- Lives for minutes, is read once from end to end and never changed: vacuuming it would be wasted work.
  execute format('alter table %s set (autovacuum_enabled = false)', v_table);
  execute format('alter table %s enable row level security', v_table);
  execute format('alter table %s force row level security', v_table);
  insert into app.ingestion_staging_markers (job_id) values (create_staging.job_id) on conflict do nothing;
  delete from public.ingestion_job_errors as e
  where e.job_id = create_staging.job_id and e.code = any (app.load_fault_codes());
end;
$$;
comment on function app.create_staging is 'Makes or empties the table of a job''s loaded rows.';
