-- Numbers and hashes audit rows behind the writers; a schedule calls it, one at a time (a second caller returns at
-- once). Rows are sealed by (xact, id), and only those of transactions older than every transaction still running:
-- of those, nothing more can appear, so nothing is ever skipped, and no writer waits. Returns how many were sealed;
-- `batch` means that there may be more.
create or replace function app.seal_audit_log(batch int default 1000)
returns int
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_horizon xid8 := pg_snapshot_xmin(pg_current_snapshot());
  v_sealer app.audit_sealer;
  v_row public.audit_log;
  v_hash bytea;
  v_sealed int := 0;
begin
  if not pg_try_advisory_xact_lock(hashtextextended('app.seal_audit_log', 0)) then
    return 0;
  end if;
  select s.* into v_sealer from app.audit_sealer as s for update;
  if v_sealer.last_xact >= pg_snapshot_xmax(pg_current_snapshot()) then
    return app.rebase_audit_sealer();
  end if;

  for v_row in
    select a.*
    from public.audit_log as a
    where (a.xact, a.id) > (v_sealer.last_xact, v_sealer.last_id)
      and a.xact < v_horizon
      and a.id > v_sealer.floor_id
    order by a.xact, a.id
    limit batch
  loop
    v_hash := sha256(v_sealer.hash || convert_to(app.audit_row_text(v_row), 'utf8'));
    v_sealer.seq := v_sealer.seq + 1;
    insert into app.audit_seals (seq, audit_id, audit_timestamp, previous_hash, hash)
    values (v_sealer.seq, v_row.id, v_row."timestamp", v_sealer.hash, v_hash);
    v_sealer.hash := v_hash;
    v_sealer.last_xact := v_row.xact;
    v_sealer.last_id := v_row.id;
    v_sealed := v_sealed + 1;
  end loop;
  if v_sealed > 0 then
    update app.audit_sealer as s
    set seq = v_sealer.seq, hash = v_sealer.hash, last_xact = v_sealer.last_xact, last_id = v_sealer.last_id;
    perform app.write_audit_checkpoint(v_sealer.seq, v_sealer.hash);
  end if;
  return v_sealed;
end;
$$;
comment on function app.seal_audit_log is
  'Seals up to `batch` audit rows into the chain; returns how many. For the schedule.';
