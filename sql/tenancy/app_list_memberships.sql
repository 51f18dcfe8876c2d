-- The vendors that the bearer of a proven token belongs to or is invited into, whether or not the request names one.
-- Definer, because a caller without a vendor sees no vendors; answers about the caller only.
create or replace function app.list_memberships()
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_appwrite_user_id text := app.current_claims() ->> 'appwrite_user_id';
begin
  return jsonb_build_object('data', (
    select coalesce(
      jsonb_agg(
        jsonb_build_object(
          'vendor_id', v.id, 'vendor_code', v.code, 'vendor_name', v.name, 'role', l.role, 'status', l.status
        )
        order by v.code
      ),
      '[]'
    )
    from public.users as u
    join public.user_links as l on l.user_id = u.id
    join public.vendors as v on v.id = l.vendor_id
    where u.appwrite_user_id = v_appwrite_user_id and l.status in ('active', 'invited')
  ));
end;
$$;
comment on function app.list_memberships is 'Memberships and open invitations of the caller: {data}.';
grant execute on function app.list_memberships to authenticated;
