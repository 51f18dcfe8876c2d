-- The door to app.create_webhook.
create or replace function public.create_webhook(
  url text,
  events text[],
  description text default null,
  retries_max int default null,
  tolerance_sec int default null,
  ordered boolean default null,
  enabled boolean default null,
  secret text default null
)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select app.create_webhook(
    create_webhook.url, create_webhook.events, create_webhook.description, create_webhook.retries_max,
    create_webhook.tolerance_sec, create_webhook.ordered, create_webhook.enabled, create_webhook.secret
  );
$$;
comment on function public.create_webhook is
  'Makes a webhook endpoint of the caller''s vendor; the answer holds its new secret, this once. For admins.';
grant execute on function public.create_webhook to authenticated;
