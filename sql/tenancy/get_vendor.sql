-- One vendor, for superadmins; others see their own in get_me.
create or replace function public.get_vendor(id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_vendor public.vendors;
begin
  perform app.require_platform();
  select v.* into v_vendor from public.vendors as v where v.id = get_vendor.id;
  if v_vendor.id is null then
    perform app.raise_problem(404, 'not-found', 'There is no such vendor.');
  end if;
  return to_jsonb(v_vendor);
end;
$$;
comment on function public.get_vendor is 'One vendor with its settings; for superadmins. Problem 404.';
grant execute on function public.get_vendor to authenticated, service_role;
