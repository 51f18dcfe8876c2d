-- Every vendor has its search functions: those that come get them with their row, those that are here get them now.
create or replace function app.keep_vendor_search()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform app.create_vendor_search(new.id);
  return null;
end;
$$;

comment on function app.keep_vendor_search is 'Trigger: makes the search functions of a new vendor.';

create or replace trigger keep_vendor_search_trigger
after insert on public.vendors
for each row
execute function app.keep_vendor_search();
