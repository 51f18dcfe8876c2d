-- users.id of the caller, whose row is made when this is the first time we see them. Service clients of another issuer
-- are no people. Called by definer functions alone.
create or replace function app.ensure_signed_in_user()
returns uuid
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_claims jsonb := app.current_claims();
  v_user_id uuid := app.signed_in_user_id();
begin
  if v_user_id is null and v_claims ? 'appwrite_user_id' then
    v_user_id := app.ensure_user(v_claims ->> 'appwrite_user_id');
  end if;
  if v_user_id is null then
    perform app.raise_problem(
      403, 'forbidden', 'Only a user can own a job.', null, 'Sign in with Appwrite.'
    );
  end if;
  return v_user_id;
end;
$$;
comment on function app.ensure_signed_in_user is 'users.id of the caller, made when missing; problem 403 for programs.';
