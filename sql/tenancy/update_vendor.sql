-- The door to app.update_vendor. What is left null stays as it is; settings replace the former ones whole.
create or replace function public.update_vendor(
  id uuid,
  name text default null,
  status text default null,
  settings jsonb default null,
  reason text default null
)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select app.update_vendor(
    update_vendor.id, update_vendor.name, update_vendor.status, update_vendor.settings, update_vendor.reason
  );
$$;
comment on function public.update_vendor is
  'Changes name, settings or status of a vendor. Suspended: no member gets in, and its jobs pause. For superadmins.';
grant execute on function public.update_vendor to authenticated, service_role;
