-- Who an authenticated Appwrite user is here: the claims of their request, or the problem that stops it. Called by
-- our functions as the owner, once a request, so it is one indexed statement for a member.
-- A superadmin without membership gets claims without a vendor, a service client the role `client`.
create or replace function app.begin_request(appwrite_user_id text, vendor_id uuid default null)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_user_id uuid;
  v_vendor_id uuid;
  v_role text;
  v_vendor_status text;
  v_memberships bigint;
begin
  select u.id, l.vendor_id, l.role, v.status, count(l.vendor_id) over ()
  into v_user_id, v_vendor_id, v_role, v_vendor_status, v_memberships
  from public.users as u
  left join public.user_links as l
    on l.user_id = u.id
    and l.status = 'active'
    and (begin_request.vendor_id is null or l.vendor_id = begin_request.vendor_id)
  left join public.vendors as v on v.id = l.vendor_id
  where u.appwrite_user_id = begin_request.appwrite_user_id
  limit 1;

  if v_memberships > 1 then
    perform app.raise_problem(
      status => 409,
      type => 'vendor-ambiguous',
      detail => 'You belong to several vendors, and the request names none.',
      hint => 'Name one with the header X-Vendor-Id; GET /v1/me lists yours.'
    );
  elsif v_memberships = 1 then
    if v_vendor_status <> 'active' then
      perform app.raise_problem(
        status => 403,
        type => 'vendor-suspended',
        detail => 'This vendor is suspended.',
        hint => 'Ask the operator of the platform.'
      );
    end if;
    return app.build_claims(begin_request.appwrite_user_id, v_user_id, v_vendor_id, v_role);
  end if;
  return app.begin_request_without_membership(begin_request.appwrite_user_id, v_user_id, begin_request.vendor_id);
end;
$$;
comment on function app.begin_request is
  'Claims of an Appwrite user, or problem no-membership, not-a-member, vendor-suspended (403), vendor-ambiguous (409).';
