-- The vendor's jobs, newest first.
create or replace function public.list_ingestion_jobs(
  status text default null,
  mode text default null,
  cursor text default null,
  page_limit int default 50
)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_vendor_id uuid := app.require_vendor('vendor_viewer');
  v_scope text := concat_ws(
    '/', v_vendor_id, 'jobs', coalesce(list_ingestion_jobs.status, '-'), coalesce(list_ingestion_jobs.mode, '-')
  );
  v_after jsonb := app.decode_cursor(v_scope, list_ingestion_jobs.cursor);
  v_jobs public.ingestion_jobs[];
begin
  perform app.check_page_limit(page_limit);
  perform app.check_choice(
    'status', list_ingestion_jobs.status, '{queued, running, failed, completed, canceled}'
  );
  perform app.check_choice('mode', list_ingestion_jobs.mode, '{products, customers, api_sync}');
  select array_agg(page.job order by (page.job).created_at desc, (page.job).id desc) into v_jobs
  from (
    select j as job
    from public.ingestion_jobs as j
    where j.vendor_id = v_vendor_id
      and (list_ingestion_jobs.status is null or j.status = list_ingestion_jobs.status)
      and (list_ingestion_jobs.mode is null or j.mode = list_ingestion_jobs.mode)
      and (v_after is null or (j.created_at, j.id) < ((v_after ->> 'created_at')::timestamptz,
      (v_after ->> 'id')::uuid))
    order by j.created_at desc, j.id desc
    limit page_limit + 1
  ) as page;
  return jsonb_build_object(
    'data', coalesce((select jsonb_agg(app.ingestion_job_json(j)) from unnest(v_jobs[:page_limit]) as j), '[]'),
    'next_cursor', case when cardinality(v_jobs) > page_limit then app.encode_cursor(v_scope, jsonb_build_object(
      'created_at', v_jobs[page_limit].created_at, 'id', v_jobs[page_limit].id
    )) end
  );
end;
$$;
comment on function public.list_ingestion_jobs is
  'The vendor''s ingestion jobs, newest first, as {"data", "next_cursor"}.';
grant execute on function public.list_ingestion_jobs to authenticated;
