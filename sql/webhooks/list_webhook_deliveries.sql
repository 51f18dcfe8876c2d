-- What was sent, or waits to be sent, to an endpoint, newest first.
create or replace function public.list_webhook_deliveries(
  id uuid,
  status text default null,
  event_type text default null,
  cursor text default null,
  page_limit int default 50
)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_admin');
  v_scope constant text := concat_ws(
    '/', v_vendor_id, 'deliveries', list_webhook_deliveries.id,
    app.fingerprint(jsonb_build_array(list_webhook_deliveries.status, list_webhook_deliveries.event_type))
  );
  v_after constant jsonb := app.decode_cursor(v_scope, list_webhook_deliveries.cursor);
  v_deliveries public.webhook_deliveries[];
begin
  perform app.check_page_limit(page_limit);
  perform app.check_choice(
    'status', list_webhook_deliveries.status, '{blocked, pending, retrying, delivered, dead}'
  );
  if not exists (
    select from public.webhook_endpoints as e where e.vendor_id = v_vendor_id and e.id = list_webhook_deliveries.id
  ) then
    perform app.raise_problem(404, 'not-found', 'There is no such webhook.');
  end if;
  select array_agg(page.d order by (page.d).created_at desc, (page.d).id desc) into v_deliveries
  from (
    select d
    from public.webhook_deliveries as d
    where d.endpoint_id = list_webhook_deliveries.id
      and d.vendor_id = v_vendor_id
      and (list_webhook_deliveries.status is null or d.status = list_webhook_deliveries.status)
      and (list_webhook_deliveries.event_type is null or d.event_type = list_webhook_deliveries.event_type)
      and (
        v_after is null
        or (d.created_at, d.id) < ((v_after ->> 'created_at')::timestamptz, (v_after ->> 'id')::uuid)
      )
    order by d.created_at desc, d.id desc
    limit page_limit + 1
  ) as page;
  return jsonb_build_object(
    'data', coalesce(
      (select jsonb_agg(app.webhook_delivery_json(d)) from unnest(v_deliveries[:page_limit]) as d), '[]'
    ),
    'next_cursor', case when cardinality(v_deliveries) > page_limit then app.encode_cursor(v_scope, jsonb_build_object(
      'created_at', v_deliveries[page_limit].created_at, 'id', v_deliveries[page_limit].id
    )) end
  );
end;
$$;
comment on function public.list_webhook_deliveries is
  'Deliveries to a webhook with their attempts, newest first, as {"data", "next_cursor"}. For admins.';
grant execute on function public.list_webhook_deliveries to authenticated;
