-- Moves a vendor's catalog_version once for a change set, and counts the changes since its word statistics were taken.
-- Call it last in a transaction: the row it locks is shared by all writers of the vendor.
create or replace function app.touch_catalog(vendor_id uuid, changes int)
returns bigint
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_version bigint;
begin
  if changes > 0 then
    update public.vendors as v
    set catalog_version = v.catalog_version + 1
    where v.id = touch_catalog.vendor_id
    returning v.catalog_version into v_version;
    return v_version;
  end if;
  return (select v.catalog_version from public.vendors as v where v.id = touch_catalog.vendor_id);
end;
$$;

comment on function app.touch_catalog is 'Moves catalog_version when something changed; answers the present version.';
