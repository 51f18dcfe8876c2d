-- Accepts an invitation of the caller, whoever they are here: the Appwrite id is that of their proven token, never an
-- argument. Definer, because app.accept_invitation is the owner's.
create or replace function app.accept_own_invitation(vendor_id uuid)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  return app.accept_invitation(app.current_claims() ->> 'appwrite_user_id', accept_own_invitation.vendor_id);
end;
$$;
comment on function app.accept_own_invitation is
  'Turns the caller''s open invitation into an active membership; problem 404.';
grant execute on function app.accept_own_invitation to authenticated;
