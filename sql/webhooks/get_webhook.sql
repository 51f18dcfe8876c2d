-- One endpoint of the caller's vendor; another vendor's does not exist.
create or replace function public.get_webhook(id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_admin');
  v_endpoint public.webhook_endpoints;
begin
  select e.* into v_endpoint
  from public.webhook_endpoints as e
  where e.vendor_id = v_vendor_id and e.id = get_webhook.id;
  if v_endpoint.id is null then
    perform app.raise_problem(404, 'not-found', 'There is no such webhook.');
  end if;
  return app.webhook_json(v_endpoint);
end;
$$;
comment on function public.get_webhook is 'One webhook endpoint; problems 403, 404. For admins.';
grant execute on function public.get_webhook to authenticated;
