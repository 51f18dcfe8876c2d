-- The door to app.create_vendor for rpc(); it checks the caller itself.
create or replace function public.create_vendor(code text, name text, settings jsonb default '{}')
returns public.vendors
language sql
volatile
set search_path = ''
as $$
  select app.create_vendor(create_vendor.code, create_vendor.name, create_vendor.settings);
$$;
comment on function public.create_vendor is 'Makes a vendor and its partitions. Superadmins and the service key only.';
grant execute on function public.create_vendor to authenticated, service_role;
