-- The door to app.delete_webhook.
create or replace function public.delete_webhook(id uuid)
returns void
language sql
volatile
set search_path = ''
as $$
  select app.delete_webhook(delete_webhook.id);
$$;
comment on function public.delete_webhook is 'Removes a webhook with its deliveries. For admins.';
grant execute on function public.delete_webhook to authenticated;
