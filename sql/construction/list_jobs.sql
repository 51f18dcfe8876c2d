-- The caller's jobs, newest first.
create or replace function public.list_jobs(
  status text default null,
  cursor text default null,
  page_limit int default 50
)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_owner_id uuid := app.signed_in_user_id();
  v_scope text := concat_ws('/', 'construction-jobs', v_owner_id, coalesce(list_jobs.status, '-'));
  v_after jsonb := app.decode_cursor(v_scope, list_jobs.cursor);
  v_jobs public.jobs[];
begin
  perform app.check_page_limit(page_limit);
  perform app.check_choice('status', list_jobs.status, '{published, closed}');
  select array_agg(page.job order by (page.job).created_at desc, (page.job).id desc) into v_jobs
  from (
    select j as job
    from public.jobs as j
    where j.owner_id = v_owner_id
      and (list_jobs.status is null or j.status = list_jobs.status)
      and (
        v_after is null
        or (j.created_at, j.id) < ((v_after ->> 'created_at')::timestamptz, (v_after ->> 'id')::uuid)
      )
    order by j.created_at desc, j.id desc
    limit page_limit + 1
  ) as page;
  return jsonb_build_object(
    'data', coalesce((select jsonb_agg(app.job_json(j)) from unnest(v_jobs[:page_limit]) as j), '[]'),
    'next_cursor', case when cardinality(v_jobs) > page_limit then app.encode_cursor(v_scope, jsonb_build_object(
      'created_at', v_jobs[page_limit].created_at, 'id', v_jobs[page_limit].id
    )) end
  );
end;
$$;
comment on function public.list_jobs is 'The caller''s construction jobs, newest first, as {"data", "next_cursor"}.';
grant execute on function public.list_jobs to authenticated;
