-- What the ingestion jobs that ended in the last day did with rows, by mode: the throughput of ingestion.
create or replace function app.job_row_counts()
returns table (kind text, outcome text, count numeric)
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select j.mode, t.key, sum(t.value::numeric)
  from public.ingestion_jobs as j
  cross join lateral jsonb_each_text(j.totals) as t (key, value)
  where j.finished_at > now() - interval '1 day'
    and t.key in ('rows_read', 'rows_failed', 'inserted', 'updated', 'unchanged')
  group by j.mode, t.key
  order by j.mode, t.key;
end;
$$;
comment on function app.job_row_counts is
  'Rows of ingestion jobs that ended in the last 24 hours by mode and outcome (rows_read, inserted, ...).';
