-- All vendors by code, for superadmins. An invoker: row level security is the second lock.
create or replace function public.list_vendors(
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
  v_scope text := concat_ws('/', 'vendors', app.current_subject(), coalesce(list_vendors.status, '-'));
  v_after text := app.decode_cursor(v_scope, list_vendors.cursor) ->> 'code';
  v_vendors public.vendors[];
begin
  perform app.require_platform();
  perform app.check_page_limit(page_limit);
  perform app.check_choice('status', list_vendors.status, '{active, suspended}');
  select array_agg(page.v order by (page.v).code) into v_vendors
  from (
    select v
    from public.vendors as v
    where (list_vendors.status is null or v.status = list_vendors.status)
      and (v_after is null or v.code > v_after)
    order by v.code
    limit page_limit + 1
  ) as page;
  return jsonb_build_object(
    'data', coalesce(
      (select jsonb_agg(to_jsonb(v) order by v.code) from unnest(v_vendors[:page_limit]) as v), '[]'
    ),
    'next_cursor', case when cardinality(v_vendors) > page_limit then
      app.encode_cursor(v_scope, jsonb_build_object('code', v_vendors[page_limit].code))
    end
  );
end;
$$;
comment on function public.list_vendors is 'All vendors by code, as {"data", "next_cursor"}; for superadmins.';
grant execute on function public.list_vendors to authenticated, service_role;
