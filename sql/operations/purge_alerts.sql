-- Removes resolved alerts past their retention, a batch at a time. Open ones stay.
create or replace function app.purge_alerts(max_rows int, keep interval, at timestamptz default now())
returns int
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_removed int;
begin
  delete from public.alerts as a
  where a.id in (
    select o.id from public.alerts as o
    where o.status = 'resolved' and o.started_at < purge_alerts.at - purge_alerts.keep
    order by o.started_at
    limit purge_alerts.max_rows
    for update skip locked
  );
  get diagnostics v_removed = row_count;
  return v_removed;
end;
$$;
comment on function app.purge_alerts is
  'Removes up to max_rows resolved alerts that began longer ago than so; returns how many.';
