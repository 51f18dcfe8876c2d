-- The door to app.update_webhook.
create or replace function public.update_webhook(id uuid, patch jsonb)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select app.update_webhook(update_webhook.id, update_webhook.patch);
$$;
comment on function public.update_webhook is
  'Changes url, events, description, retries_max, tolerance_sec, ordered or enabled of a webhook. For admins.';
grant execute on function public.update_webhook to authenticated;
