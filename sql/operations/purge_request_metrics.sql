-- Removes minutes past their retention, oldest first, a batch at a time. The totals stay: counters never go back.
create or replace function app.purge_request_metrics(max_rows int, keep interval, at timestamptz default now())
returns int
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_removed int;
begin
  delete from app.request_metrics as m
  where (m.minute, m.service, m.route, m.method, m.status) in (
    select o.minute, o.service, o.route, o.method, o.status
    from app.request_metrics as o
    where o.minute < purge_request_metrics.at - purge_request_metrics.keep
    order by o.minute
    limit purge_request_metrics.max_rows
    for update skip locked
  );
  get diagnostics v_removed = row_count;
  return v_removed;
end;
$$;
comment on function app.purge_request_metrics is
  'Removes up to max_rows minutes of request metrics older than so long; returns how many.';
