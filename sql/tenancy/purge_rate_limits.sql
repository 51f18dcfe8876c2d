-- Removes buckets whose window ended long ago; one call removes a bounded number. For the schedule of the platform.
create or replace function app.purge_rate_limits(max_rows int default 10000)
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
    where d.window_started_at < now() - interval '2 hours'
    limit purge_rate_limits.max_rows
    for update skip locked
  ) as old
  where b.name = old.name and b.subject = old.subject;
  get diagnostics v_removed = row_count;
  return v_removed;
end;
$$;
comment on function app.purge_rate_limits is
  'Removes up to max_rows buckets that nobody used for two hours; returns how many.';
