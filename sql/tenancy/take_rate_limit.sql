-- Takes one from a bucket if one is left, and tells its numbers; the row stays locked until the statement of the caller
-- commits, so that two can never take the last one. A window begins with its first request and ends window_seconds
-- later; what is refused changes nothing. A request that waited for the lock may bear an earlier time than the window:
-- it counts in it. `overrides` are the vendor's own quotas. `last_write_at` is when a request that may write was
-- last let through, this one included.
create or replace function app.take_rate_limit(
  name text,
  subject text,
  overrides jsonb,
  at timestamptz,
  is_write boolean default false,
  out allowed boolean,
  out numbers jsonb,
  out last_write_at timestamptz
)
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_quota int;
  v_window int;
  v_earliest timestamptz;
  v_started_at timestamptz;
  v_used int;
  v_write_at constant timestamptz := case when take_rate_limit.is_write then take_rate_limit.at end;
begin
  select p.quota, p.window_seconds, take_rate_limit.at - make_interval(secs => p.window_seconds)
  into strict v_quota, v_window, v_earliest
  from app.rate_limit_policies as p
  where p.name = take_rate_limit.name;
  if take_rate_limit.overrides is not null then
    v_quota := app.rate_limit_quota(take_rate_limit.name, take_rate_limit.overrides, v_quota);
  end if;

  update app.rate_limit_buckets as b
  set used = case when b.window_started_at > v_earliest then b.used + 1 else 1 end,
      window_started_at = case
        when b.window_started_at > v_earliest then b.window_started_at else take_rate_limit.at
      end,
      last_write_at = coalesce(v_write_at, b.last_write_at)
  where b.name = take_rate_limit.name
    and b.subject = take_rate_limit.subject
    and (b.window_started_at <= v_earliest or b.used < v_quota)
  returning b.window_started_at, b.used, b.last_write_at into v_started_at, v_used, last_write_at;
  allowed := found;
  if not allowed then
    -- Nothing is left, or the bucket is new; of two that make it at once, the second counts on the first.
    insert into app.rate_limit_buckets as b (name, subject, window_started_at, used, last_write_at)
    values (take_rate_limit.name, take_rate_limit.subject, take_rate_limit.at, 1, v_write_at)
    on conflict on constraint rate_limit_buckets_pkey do update
    set used = b.used + 1, last_write_at = coalesce(v_write_at, b.last_write_at)
    where b.window_started_at > v_earliest and b.used < v_quota
    returning b.window_started_at, b.used, b.last_write_at into v_started_at, v_used, last_write_at;
    allowed := found;
  end if;
  if not allowed then
    select b.window_started_at, b.used into v_started_at, v_used
    from app.rate_limit_buckets as b
    where b.name = take_rate_limit.name and b.subject = take_rate_limit.subject;
  end if;
  numbers := jsonb_build_object(
    'name', take_rate_limit.name,
    'quota', v_quota,
    'window', v_window,
    'remaining', greatest(v_quota - v_used, 0),
    'reset', least(greatest(ceil(extract(epoch from v_started_at - v_earliest)), 1), v_window)::int
  );
end;
$$;
comment on function app.take_rate_limit is
  'Counts one request against a bucket: whether it is allowed, {name, quota, window, remaining, reset}, and when a '
  'request that may write was last let through.';
