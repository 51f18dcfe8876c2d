-- The door to app.replay_webhook.
create or replace function public.replay_webhook(
  id uuid,
  since timestamptz,
  until timestamptz default null,
  events text[] default null,
  missed_only boolean default false
)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select app.replay_webhook(
    replay_webhook.id, replay_webhook.since, replay_webhook.until, replay_webhook.events, replay_webhook.missed_only
  );
$$;
comment on function public.replay_webhook is
  'Sends the events of a time range to a webhook (again): {"queued", "missed", "again"}. For admins.';
grant execute on function public.replay_webhook to authenticated;
