-- The claims of a request or an access token, in their one fixed form; what does not apply is left out.
create or replace function app.build_claims(
  appwrite_user_id text,
  user_id uuid default null,
  vendor_id uuid default null,
  app_role text default null,
  break_glass jsonb default null
)
returns jsonb
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  return jsonb_strip_nulls(jsonb_build_object(
    'role', 'authenticated',
    'sub', user_id,
    'vendor_id', vendor_id,
    'app_role', app_role,
    'appwrite_user_id', appwrite_user_id,
    'break_glass', break_glass
  ));
end;
$$;
comment on function app.build_claims is
  'Claims {role, sub, vendor_id, app_role, appwrite_user_id, break_glass: {id, justification}} of one caller.';
