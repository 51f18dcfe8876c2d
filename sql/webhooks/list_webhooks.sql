-- The vendor's endpoints, oldest first.
create or replace function public.list_webhooks(cursor text default null, page_limit int default 50)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_admin');
  v_scope constant text := concat_ws('/', v_vendor_id, 'webhooks');
  v_after constant jsonb := app.decode_cursor(v_scope, list_webhooks.cursor);
  v_endpoints public.webhook_endpoints[];
begin
  perform app.check_page_limit(page_limit);
  select array_agg(page.e order by (page.e).created_at, (page.e).id) into v_endpoints
  from (
    select e
    from public.webhook_endpoints as e
    where e.vendor_id = v_vendor_id
      and (
        v_after is null
        or (e.created_at, e.id) > ((v_after ->> 'created_at')::timestamptz, (v_after ->> 'id')::uuid)
      )
    order by e.created_at, e.id
    limit page_limit + 1
  ) as page;
  return jsonb_build_object(
    'data', coalesce((select jsonb_agg(app.webhook_json(e)) from unnest(v_endpoints[:page_limit]) as e), '[]'),
    'next_cursor', case when cardinality(v_endpoints) > page_limit then app.encode_cursor(v_scope, jsonb_build_object(
      'created_at', v_endpoints[page_limit].created_at, 'id', v_endpoints[page_limit].id
    )) end
  );
end;
$$;
comment on function public.list_webhooks is
  'The vendor''s webhooks, oldest first, as {"data", "next_cursor"}. For admins.';
grant execute on function public.list_webhooks to authenticated;
