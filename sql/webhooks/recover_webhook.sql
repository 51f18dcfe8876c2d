-- The door to app.recover_webhook.
create or replace function public.recover_webhook(id uuid, since timestamptz default null)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select app.recover_webhook(recover_webhook.id, recover_webhook.since);
$$;
comment on function public.recover_webhook is 'Sends the dead deliveries of a webhook again: {"queued"}. For admins.';
grant execute on function public.recover_webhook to authenticated;
