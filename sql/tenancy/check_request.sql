-- Holds a request that came with an access token (PostgREST, as its db-pre-request) to what is true now: a token lives
-- fifteen minutes, a membership may end at once. Break-glass goes through the API alone, where each request is audited.
-- Definer, because it reads what the caller may not; it answers about the caller only.
create or replace function app.check_request()
returns void
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_claims jsonb := app.current_claims();
  v_caller record;
begin
  if v_claims ->> 'role' is distinct from 'authenticated' or not v_claims ? 'vendor_id' then
    return;
  end if;
  if v_claims ? 'break_glass' then
    perform app.raise_problem(
      403, 'no-vendor', 'A break-glass session does not reach this door.', null, 'Use the API with X-Vendor-Id.'
    );
  end if;
  v_caller := app.resolve_caller(v_claims ->> 'appwrite_user_id', app.current_vendor_id());
  if v_caller.problem is not null then
    perform app.raise_problem(
      (v_caller.problem ->> 'status')::int, v_caller.problem ->> 'type', v_caller.problem ->> 'detail', null,
      v_caller.problem ->> 'hint'
    );
  end if;
  if v_caller.claims ->> 'app_role' is distinct from v_claims ->> 'app_role'
    or v_caller.claims ->> 'sub' is distinct from v_claims ->> 'sub'
  then
    perform app.raise_problem(
      403, 'insufficient-role', 'Your role has changed since this token was made.', null, 'Exchange your token anew.'
    );
  end if;
end;
$$;
comment on function app.check_request is
  'Problem 403 when an access token says more than is true now: membership ended, role changed, vendor suspended.';
grant execute on function app.check_request to authenticated, service_role;
