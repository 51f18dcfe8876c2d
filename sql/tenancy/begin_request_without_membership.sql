-- The rarer half of app.begin_request: someone without an active membership in the vendor named, or in any.
create or replace function app.begin_request_without_membership(
  appwrite_user_id text,
  user_id uuid,
  vendor_id uuid
)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_variable
begin
  if vendor_id is not null then
    -- The same answer whether that vendor exists or not.
    perform app.raise_problem(
      status => 403,
      type => 'not-a-member',
      detail => 'You are not a member of the vendor named by X-Vendor-Id.',
      hint => 'Name one of your own vendors, or leave the header out.'
    );
  end if;
  if exists (select from public.platform_admins as a where a.user_id = begin_request_without_membership.user_id) then
    return app.build_claims(appwrite_user_id, user_id, null, 'superadmin');
  end if;
  if exists (
    select from public.app_clients as c
    where c.appwrite_user_id = begin_request_without_membership.appwrite_user_id and c.active
  ) then
    return app.build_claims(appwrite_user_id, user_id, null, 'client');
  end if;
  perform app.raise_problem(
    status => 403,
    type => 'no-membership',
    detail => 'You are signed in, but belong to no vendor.',
    hint => 'Ask an admin of your vendor to add you.'
  );
end;
$$;
comment on function app.begin_request_without_membership is
  'Claims of superadmins and service clients, or the problem that says what is missing.';
