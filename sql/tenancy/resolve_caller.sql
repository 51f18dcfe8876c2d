-- Who an authenticated Appwrite user is here, as data: claims, or the problem that stops them. One indexed statement
-- for a member. Behind begin_request, which raises the problem, and open_request, which hands it on.
create or replace function app.resolve_caller(
  appwrite_user_id text,
  vendor_id uuid,
  out claims jsonb,
  out problem jsonb,
  out rate_limits jsonb
)
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
  select u.id, l.vendor_id, l.role, v.status, v.settings_json -> 'rate_limits', count(l.vendor_id) over ()
  into v_user_id, v_vendor_id, v_role, v_vendor_status, rate_limits, v_memberships
  from public.users as u
  left join public.user_links as l
    on l.user_id = u.id
    and l.status = 'active'
    and (resolve_caller.vendor_id is null or l.vendor_id = resolve_caller.vendor_id)
  left join public.vendors as v on v.id = l.vendor_id
  where u.appwrite_user_id = resolve_caller.appwrite_user_id
  limit 1;

  if v_memberships > 1 then
    rate_limits := null;
    problem := jsonb_build_object(
      'status', 409,
      'type', 'vendor-ambiguous',
      'detail', 'You belong to several vendors, and the request names none.',
      'hint', 'Name one with the header X-Vendor-Id; GET /v1/memberships lists yours.'
    );
  elsif v_memberships = 1 and v_vendor_status <> 'active' then
    problem := jsonb_build_object(
      'status', 403,
      'type', 'vendor-suspended',
      'detail', 'This vendor is suspended.',
      'hint', 'Ask the operator of the platform.'
    );
  elsif v_memberships = 1 then
    claims := app.build_claims(resolve_caller.appwrite_user_id, v_user_id, v_vendor_id, v_role);
  else
    select r.claims, r.problem into claims, problem
    from app.resolve_stranger(resolve_caller.appwrite_user_id, v_user_id, resolve_caller.vendor_id) as r;
  end if;
end;
$$;
comment on function app.resolve_caller is
  'Claims of an Appwrite user, or a problem {status, type, detail, hint}; and the vendor''s own rate limits.';
