-- Removes an endpoint with its deliveries and secrets. Definer, because the table is closed to writers.
create or replace function app.delete_webhook(id uuid)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_admin');
begin
  -- At once and by itself: locked for a change first, it would wait for those who hold it while they wait for it.
  delete from public.webhook_endpoints as e where e.vendor_id = v_vendor_id and e.id = delete_webhook.id;
  if not found then
    perform app.raise_problem(404, 'not-found', 'There is no such webhook.');
  end if;
end;
$$;
comment on function app.delete_webhook is 'Removes a webhook endpoint; problems 403, 404.';
grant execute on function app.delete_webhook to authenticated;
