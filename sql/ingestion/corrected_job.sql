-- The job whose rows a corrected errors.csv holds, as another job of the same vendor and mode may read it: its dialect
-- and its mapping without what errors.csv never holds (health data). Null where there is none, or it is another's.
create or replace function app.corrected_job(job_id uuid, source_job_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('dialect', s.dialect, 'mapping', jsonb_build_object(
    'fields', (s.mapping -> 'fields') - app.health_mapping_fields(),
    'columns', (
      select jsonb_agg(c.value || jsonb_build_object('targets', (
        select coalesce(jsonb_agg(t.value order by t.place), '[]')
        from jsonb_array_elements(c.value -> 'targets') with ordinality as t (value, place)
        where t.value ->> 'field' <> all (app.health_mapping_fields())
      )) order by c.place)
      from jsonb_array_elements(s.mapping -> 'columns') with ordinality as c (value, place)
    )
  ))
  from public.ingestion_jobs as s
  join public.ingestion_jobs as j on j.vendor_id = s.vendor_id and j.mode = s.mode and j.id <> s.id
  where j.id = corrected_job.job_id and s.id = corrected_job.source_job_id and s.mapping is not null;
$$;
comment on function app.corrected_job is 'Dialect and mapping of the job that a corrected errors.csv comes from.';
