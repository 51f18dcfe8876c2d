-- The door to app.redeliver_webhook.
create or replace function public.redeliver_webhook(id uuid)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select app.redeliver_webhook(redeliver_webhook.id);
$$;
comment on function public.redeliver_webhook is 'Sends a delivery again, with the same event_id. For admins.';
grant execute on function public.redeliver_webhook to authenticated;
