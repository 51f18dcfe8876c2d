-- What is kept about a customer in this folder goes when the row goes, whoever removes it. Other folders add triggers
-- of their own beside their tables. The audit log stays: it says who did what to which id, and holds no values.
create or replace function app.erase_customer_data()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
begin
  delete from public.customer_health_profiles as h where h.vendor_id = old.vendor_id and h.customer_id = old.id;
  delete from public.customer_consents as c where c.vendor_id = old.vendor_id and c.customer_id = old.id;
  delete from public.customer_whitelists as w where w.vendor_id = old.vendor_id and w.customer_id = old.id;
  delete from public.customer_blacklists as b where b.vendor_id = old.vendor_id and b.customer_id = old.id;
  return null;
end;
$$;

comment on function app.erase_customer_data is
  'Trigger: removes health profile, consents and lists of a removed customer.';

create or replace trigger erase_customer_data_trigger
after delete on public.customers
for each row execute function app.erase_customer_data();
