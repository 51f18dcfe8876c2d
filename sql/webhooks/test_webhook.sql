-- The door to app.test_webhook.
create or replace function public.test_webhook(id uuid)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select app.test_webhook(test_webhook.id);
$$;
comment on function public.test_webhook is 'Sends the event webhook.test to one webhook; the delivery. For admins.';
grant execute on function public.test_webhook to authenticated;
