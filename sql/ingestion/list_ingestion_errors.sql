-- The row errors of one job, in the order of the file.
create or replace function public.list_ingestion_errors(
  job_id uuid, cursor text default null, page_limit int default 50
)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_vendor_id uuid := app.require_vendor('vendor_viewer');
  v_scope text := concat_ws('/', v_vendor_id, 'job-errors', list_ingestion_errors.job_id);
  v_after jsonb := app.decode_cursor(v_scope, list_ingestion_errors.cursor);
  v_errors jsonb[];
begin
  perform app.check_page_limit(page_limit);
  if not exists (select from public.ingestion_jobs as j
    where j.id = list_ingestion_errors.job_id and j.vendor_id = v_vendor_id) then
    perform app.raise_problem(404, 'not-found', 'There is no such job.');
  end if;
  select array_agg(to_jsonb(page) order by page.row_no, page.id) into v_errors
  from (
    select e.id, e.row_no, e.field, e.code, e.message, e.raw
    from public.ingestion_job_errors as e
    where e.job_id = list_ingestion_errors.job_id
      and (v_after is null or (e.row_no, e.id) > ((v_after ->> 'row_no')::bigint, (v_after ->> 'id')::bigint))
    order by e.row_no, e.id
    limit page_limit + 1
  ) as page;
  return jsonb_build_object(
    'data', coalesce((select jsonb_agg(e - 'id') from unnest(v_errors[:page_limit]) as e), '[]'),
    'next_cursor', case when cardinality(v_errors) > page_limit then app.encode_cursor(v_scope, jsonb_build_object(
      'row_no', v_errors[page_limit] -> 'row_no', 'id', v_errors[page_limit] -> 'id'
    )) end
  );
end;
$$;
comment on function public.list_ingestion_errors is
  'The row errors of a job in file order, as {"data", "next_cursor"}.';
grant execute on function public.list_ingestion_errors to authenticated;
