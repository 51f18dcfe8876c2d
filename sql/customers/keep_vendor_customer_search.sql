-- Every vendor that comes gets its functions for searching customers with its row.
create or replace function app.keep_vendor_customer_search()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform app.create_vendor_customer_search(new.id);
  return null;
end;
$$;

comment on function app.keep_vendor_customer_search is
  'Trigger: makes the functions of a new vendor that search its customers.';

create or replace trigger keep_vendor_customer_search_trigger
after insert on public.vendors
for each row
execute function app.keep_vendor_customer_search();
