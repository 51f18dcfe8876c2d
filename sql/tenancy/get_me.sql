-- What the caller is here. An invoker: row level security decides what it finds.
create or replace function public.get_me()
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_claims jsonb := app.current_claims();
begin
  return jsonb_build_object(
    'user', (
      select jsonb_build_object(
        'id', u.id,
        'appwrite_user_id', u.appwrite_user_id,
        'email', u.email,
        'display_name', u.display_name
      )
      from public.users as u
      where u.id = (select app.current_user_id())
    ),
    'role', v_claims ->> 'app_role',
    'vendor', (
      select jsonb_build_object('id', v.id, 'code', v.code, 'name', v.name, 'status', v.status)
      from public.vendors as v
      where v.id = (select app.current_vendor_id())
    ),
    'memberships', (
      select coalesce(
        jsonb_agg(
          jsonb_build_object('vendor_id', v.id, 'vendor_code', v.code, 'vendor_name', v.name, 'role', l.role)
          order by v.code
        ),
        '[]'
      )
      from public.user_links as l
      join public.vendors as v on v.id = l.vendor_id
      where l.user_id = (select app.current_user_id()) and l.status = 'active'
    )
  );
end;
$$;
comment on function public.get_me is
  'The caller: {user, role, vendor, memberships}. user and vendor are null for service clients.';
grant execute on function public.get_me to authenticated;
