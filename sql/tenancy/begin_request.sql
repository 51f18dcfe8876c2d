-- Who an authenticated Appwrite user is here: the claims of their request, or the problem that stops it, raised. For
-- commands and tests; requests come through app.open_request, which counts them as well.
-- A superadmin without membership gets claims without a vendor, a service client the role `client`.
create or replace function app.begin_request(appwrite_user_id text, vendor_id uuid default null)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_caller record;
begin
  v_caller := app.resolve_caller(begin_request.appwrite_user_id, begin_request.vendor_id);
  if v_caller.problem is not null then
    perform app.raise_problem(
      (v_caller.problem ->> 'status')::int,
      v_caller.problem ->> 'type',
      v_caller.problem ->> 'detail',
      null,
      v_caller.problem ->> 'hint'
    );
  end if;
  return v_caller.claims;
end;
$$;
comment on function app.begin_request is
  'Claims of an Appwrite user, or problem no-membership, not-a-member, vendor-suspended (403), vendor-ambiguous (409).';
