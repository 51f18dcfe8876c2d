-- The rarer half of app.resolve_caller: someone without an active membership in the vendor named, or in any. A
-- superadmin gets into a vendor only through a break-glass session of their own that is open.
create or replace function app.resolve_stranger(
  appwrite_user_id text,
  user_id uuid,
  vendor_id uuid,
  out claims jsonb,
  out problem jsonb
)
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_is_admin boolean := exists (
    select from public.platform_admins as a where a.user_id = resolve_stranger.user_id
  );
  v_break_glass jsonb;
begin
  if v_is_admin and resolve_stranger.vendor_id is not null then
    v_break_glass := app.open_break_glass_session(resolve_stranger.user_id, resolve_stranger.vendor_id);
  end if;
  if resolve_stranger.vendor_id is not null and v_break_glass is null then
    -- The same answer whether that vendor exists or not.
    problem := jsonb_build_object(
      'status', 403,
      'type', 'not-a-member',
      'detail', 'You are not a member of the vendor named by X-Vendor-Id.',
      'hint', 'Name one of your own vendors, or leave the header out.'
    );
  elsif v_is_admin then
    claims := app.build_claims(
      resolve_stranger.appwrite_user_id,
      resolve_stranger.user_id,
      resolve_stranger.vendor_id,
      'superadmin',
      v_break_glass
    );
  elsif exists (
    select from public.app_clients as c
    where c.appwrite_user_id = resolve_stranger.appwrite_user_id and c.active
  ) then
    claims := app.build_claims(resolve_stranger.appwrite_user_id, resolve_stranger.user_id, null, 'client');
  else
    problem := jsonb_build_object(
      'status', 403,
      'type', 'no-membership',
      'detail', 'You are signed in, but belong to no vendor.',
      'hint', 'Ask an admin of your vendor to add you.'
    );
  end if;
end;
$$;
comment on function app.resolve_stranger is
  'Claims of superadmins and service clients, or the problem that says what is missing.';
