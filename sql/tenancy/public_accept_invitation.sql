-- The door to app.accept_own_invitation.
create or replace function public.accept_invitation(vendor_id uuid)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select app.accept_own_invitation(accept_invitation.vendor_id);
$$;
comment on function public.accept_invitation is
  'Accepts the caller''s open invitation into a vendor; for everybody signed in.';
grant execute on function public.accept_invitation to authenticated;
