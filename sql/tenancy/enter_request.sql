-- Makes the rest of the transaction the caller's: role authenticated and their claims, as PostgREST does it.
-- Takes no other role, so that a mistake in the claims cannot raise anyone.
create or replace function app.enter_request(claims jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  if claims ->> 'role' is distinct from 'authenticated' then
    raise exception 'a request runs as authenticated, not as %', coalesce(claims ->> 'role', 'nobody')
      using errcode = 'invalid_role_specification', hint = 'Take the claims from app.begin_request.';
  end if;
  perform set_config('request.jwt.claims', claims::text, true);
  perform set_config('role', 'authenticated', true);
end;
$$;
comment on function app.enter_request is 'Sets role and claims for the rest of the transaction.';
