-- Takes one from a bucket if one is left: true, and the row stays locked until the statement of the caller commits,
-- so that two can never take the last one. A window begins with its first request and ends window_seconds later; what
-- is refused changes nothing. A request that waited for the lock may bear an earlier time than the window: it counts.
create or replace function app.take_rate_limit(
  name text,
  subject text,
  quota int,
  window_seconds int,
  at timestamptz,
  out allowed boolean,
  out remaining int,
  out reset_seconds int
)
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_earliest timestamptz := take_rate_limit.at - make_interval(secs => take_rate_limit.window_seconds);
  v_started_at timestamptz;
  v_used int;
begin
  insert into app.rate_limit_buckets as b (name, subject, window_started_at, used)
  values (take_rate_limit.name, take_rate_limit.subject, take_rate_limit.at, 1)
  on conflict on constraint rate_limit_buckets_pkey do update
  set used = case when b.window_started_at > v_earliest then b.used + 1 else 1 end,
      window_started_at = case when b.window_started_at > v_earliest then b.window_started_at else take_rate_limit.at end
  where b.window_started_at <= v_earliest or b.used < take_rate_limit.quota
  returning b.window_started_at, b.used into v_started_at, v_used;
  allowed := found;
  if not allowed then
    select b.window_started_at, b.used into v_started_at, v_used
    from app.rate_limit_buckets as b
    where b.name = take_rate_limit.name and b.subject = take_rate_limit.subject;
  end if;
  remaining := greatest(take_rate_limit.quota - v_used, 0);
  reset_seconds := greatest(ceil(extract(epoch from v_started_at - v_earliest)), 1);
  reset_seconds := least(reset_seconds, take_rate_limit.window_seconds);
end;
$$;
comment on function app.take_rate_limit is
  'Counts one request against a bucket: whether it is allowed, what is left, and in how many seconds all is back.';
