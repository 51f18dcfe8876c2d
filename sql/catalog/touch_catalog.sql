-- Moves a vendor's catalog_version once for a change set, and has the word statistics taken anew when a quarter of the
-- catalogue changed since; while a job, whose end takes them anyway, is at work only when it doubled. With `change`
-- (counts and product_ids) product.updated goes into the outbox; a job passes none and is told as a whole when it ends
-- (app.emit_job_changes). Call it last in a transaction: the rows it locks are shared by all writers of the vendor.
create or replace function app.touch_catalog(
  vendor_id uuid, changes int, change jsonb default null, is_of_job boolean default false
)
returns bigint
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_changes bigint := touch_catalog.changes;
  v_products bigint := 0;
  v_is_much boolean;
  v_version bigint;
begin
  if touch_catalog.changes <= 0 then
    return (select v.catalog_version from public.vendors as v where v.id = touch_catalog.vendor_id);
  end if;
  select s.changes + touch_catalog.changes, s.products into v_changes, v_products
  from app.catalog_statistics as s
  where s.vendor_id = touch_catalog.vendor_id;
  v_is_much := coalesce(v_changes, touch_catalog.changes) > greatest(5000, v_products / 4);
  if v_is_much and (touch_catalog.is_of_job or app.has_job_at_work(touch_catalog.vendor_id)) then
    v_is_much := coalesce(v_changes, touch_catalog.changes) > greatest(200000, v_products);
  end if;
  if v_is_much then
    perform app.refresh_catalog_lexemes(touch_catalog.vendor_id);
  else
    insert into app.catalog_statistics as s (vendor_id, changes)
    values (touch_catalog.vendor_id, touch_catalog.changes)
    on conflict on constraint catalog_statistics_pkey do update set changes = s.changes + excluded.changes;
  end if;
  update public.vendors as v
  set catalog_version = v.catalog_version + 1
  where v.id = touch_catalog.vendor_id
  returning v.catalog_version into v_version;
  if touch_catalog.change is not null then
    perform app.emit_event(
      touch_catalog.vendor_id, 'product.updated',
      jsonb_build_object('count', touch_catalog.changes, 'inserted', 0, 'updated', 0, 'deleted', 0, 'job_id', null)
      || touch_catalog.change || jsonb_build_object('catalog_version', v_version)
    );
  end if;
  return v_version;
end;
$$;

comment on function app.touch_catalog is 'Moves catalog_version when something changed; answers the present version.';
