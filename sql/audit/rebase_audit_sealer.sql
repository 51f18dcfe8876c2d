-- After a restore from a dump, transactions are numbered anew, below those of the rows that came with it. All these
-- rows are final: seals the ones that were not yet, and has the sealer go on with newer ids only. Called by
-- app.seal_audit_log, under its lock, when it sees a sealed row of a transaction that is yet to come.
create or replace function app.rebase_audit_sealer()
returns int
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_sealer app.audit_sealer;
  v_row public.audit_log;
  v_hash bytea;
  v_sealed int := 0;
begin
  select s.* into v_sealer from app.audit_sealer as s;
  for v_row in
    select a.*
    from public.audit_log as a
    where (a.xact, a.id) > (v_sealer.last_xact, v_sealer.last_id) and a.id > v_sealer.floor_id
    order by a.xact, a.id
  loop
    v_hash := sha256(v_sealer.hash || convert_to(app.audit_row_text(v_row), 'utf8'));
    v_sealer.seq := v_sealer.seq + 1;
    insert into app.audit_seals (seq, audit_id, audit_timestamp, previous_hash, hash)
    values (v_sealer.seq, v_row.id, v_row."timestamp", v_sealer.hash, v_hash);
    v_sealer.hash := v_hash;
    v_sealed := v_sealed + 1;
  end loop;
  update app.audit_sealer as s
  set seq = v_sealer.seq,
      hash = v_sealer.hash,
      last_xact = '0',
      last_id = 0,
      floor_id = (select max(e.audit_id) from app.audit_seals as e);
  return v_sealed;
end;
$$;
comment on function app.rebase_audit_sealer is 'Lets sealing go on after a restore numbered transactions anew.';
