-- Removes buckets whose window ended long ago; one call removes a bounded number. A schedule calls it.
create or replace function app.purge_rate_limits(
  max_rows int default 10000, keep interval default '2 hours', at timestamptz default now()
)
returns int
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_removed int;
begin
  delete from app.rate_limit_buckets as b
  using (
    select d.name, d.subject from app.rate_limit_buckets as d
    where d.window_started_at < purge_rate_limits.at - purge_rate_limits.keep
    limit purge_rate_limits.max_rows
    for update skip locked
  ) as old
  where b.name = old.name and b.subject = old.subject;
  get diagnostics v_removed = row_count;
  return v_removed;
end;
$$;
comment on function app.purge_rate_limits is
  'Removes up to max_rows buckets that nobody used for so long; returns how many.';
