-- The other half of what a catalogue needs after a load (app.settle_catalogue is the first, and runs beside it): word
-- counts for the search's estimates. Nothing when nothing changed.
create or replace function app.count_job_words(job_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_job public.ingestion_jobs;
begin
  select j.* into v_job from public.ingestion_jobs as j where j.id = count_job_words.job_id;
  if v_job.mode <> 'customers'
    and coalesce((v_job.totals ->> 'inserted')::bigint + (v_job.totals ->> 'updated')::bigint, 0) > 0 then
    perform app.refresh_catalog_lexemes(v_job.vendor_id);
  end if;
end;
$$;
comment on function app.count_job_words is
  'Counts the words of the vendor''s catalogue anew after a job that changed it.';
