-- The door to app.rotate_webhook_secret.
create or replace function public.rotate_webhook_secret(id uuid, overlap_hours int default 24, secret text default null)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select app.rotate_webhook_secret(
    rotate_webhook_secret.id, rotate_webhook_secret.overlap_hours, rotate_webhook_secret.secret
  );
$$;
comment on function public.rotate_webhook_secret is
  'Gives a webhook a new secret, told this once; the old one signs as well for overlap_hours. For admins.';
grant execute on function public.rotate_webhook_secret to authenticated;
