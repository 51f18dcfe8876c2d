-- One delivery with its attempts and what the endpoint answered.
create or replace function public.get_webhook_delivery(id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_admin');
  v_delivery public.webhook_deliveries;
begin
  select d.* into v_delivery
  from public.webhook_deliveries as d
  where d.vendor_id = v_vendor_id and d.id = get_webhook_delivery.id;
  if v_delivery.id is null then
    perform app.raise_problem(404, 'not-found', 'There is no such delivery.');
  end if;
  return app.webhook_delivery_json(v_delivery, with_bodies => true);
end;
$$;
comment on function public.get_webhook_delivery is 'One delivery with its attempts; problems 403, 404. For admins.';
grant execute on function public.get_webhook_delivery to authenticated;
