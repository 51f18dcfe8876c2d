-- Whether work for this vendor may go on: workers ask before each step, and leave a suspended vendor's jobs queued.
create or replace function app.is_vendor_active(vendor_id uuid)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return exists (select from public.vendors as v where v.id = is_vendor_active.vendor_id and v.status = 'active');
end;
$$;
comment on function app.is_vendor_active is 'False for a suspended vendor, whose queued work waits.';
