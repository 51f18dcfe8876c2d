-- Makes the rest of the transaction the caller's: role authenticated and their claims, as PostgREST does it. What is
-- known of the request itself ({request_id, ip, ua, method, path}) goes into app.request, for the audit log.
-- Takes no other role, so that a mistake in the claims cannot raise anyone.
create or replace function app.enter_request(claims jsonb, request jsonb default null)
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
  perform set_config('app.request', coalesce(request::text, ''), true);
  perform set_config('role', 'authenticated', true);
end;
$$;
comment on function app.enter_request is
  'Sets role, claims and what is known of the request for the rest of the transaction.';
