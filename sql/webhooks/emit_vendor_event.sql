-- Tells the outbox when a vendor's own data changed; catalog_version moves with product.updated instead.
create or replace function app.emit_vendor_event()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_changed text[] := array_remove(array[
    case when new.code <> old.code then 'code' end,
    case when new.name <> old.name then 'name' end,
    case when new.status <> old.status then 'status' end,
    case when new.settings_json <> old.settings_json then 'settings' end
  ], null);
begin
  if v_changed <> '{}' then
    perform app.emit_event(
      new.id, 'vendor.updated',
      jsonb_build_object('code', new.code, 'name', new.name, 'status', new.status, 'changed', v_changed)
    );
  end if;
  return null;
end;
$$;
comment on function app.emit_vendor_event is 'After-row trigger of vendors: vendor.updated with what changed.';

create trigger emit_vendor_event_trigger
after update of code, name, status, settings_json on public.vendors
for each row execute function app.emit_vendor_event();
