-- How far the streaming standby that is furthest behind has replayed, as the primary knows it; null without one. The
-- seconds stand still while replay does, so the bytes are told as well.
create or replace function app.replica_lag(out seconds numeric, out bytes numeric)
language plpgsql
stable
set search_path = ''
as $$
begin
  select
    round(extract(epoch from max(coalesce(r.replay_lag, interval '0'))), 3),
    max(greatest(pg_wal_lsn_diff(pg_current_wal_lsn(), r.replay_lsn), 0))
  into seconds, bytes
  from pg_catalog.pg_stat_replication as r
  where r.replay_lsn is not null;
end;
$$;
comment on function app.replica_lag is
  'Seconds and bytes of log the slowest read replica is behind; null without one.';
