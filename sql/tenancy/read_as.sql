-- app.call_as on a replica: runs the statement if enough of the log has been replayed, else gives no body, and the
-- caller asks the primary. `primary_lsn` and `primary_at` are the position that app.open_request told; what a replica
-- has replayed is measured against them alone, so that the two clocks need not agree. Up to `as_of` all writes that
-- were acknowledged are here: a commit's time is taken before it is logged, an acknowledgement given after. A server
-- that is no replica, or no longer one, never answers.
create or replace function app.read_as(
  claims jsonb,
  statement text,
  arguments jsonb,
  request jsonb,
  primary_lsn pg_lsn,
  primary_at timestamptz,
  most_lag_ms int,
  out as_of timestamptz,
  out lag_ms int,
  out body text,
  out row_count int
)
language plpgsql
volatile
set search_path = ''
as $$
begin
  as_of := case
    when not pg_is_in_recovery() then null
    when pg_last_wal_replay_lsn() >= primary_lsn then primary_at
    else pg_last_xact_replay_timestamp()
  end;
  if as_of is null then
    return;
  end if;
  lag_ms := least(greatest(ceil(extract(epoch from primary_at - as_of) * 1000), 0), 2147483647);
  if lag_ms <= most_lag_ms then
    select c.body, c.row_count into body, row_count
    from app.call_as(claims, statement, arguments, request) as c;
  end if;
end;
$$;
comment on function app.read_as is
  'app.call_as on a replica that lags at most most_lag_ms behind the primary; no body when it lags more. For the owner '
  'only.';
