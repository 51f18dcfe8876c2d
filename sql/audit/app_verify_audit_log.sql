-- Checks a stretch of the chain, the end of the chain itself, and that no row was slipped in behind it. Definer,
-- because seals and other vendors' rows are closed to the caller: the answer names no row but by number.
create or replace function app.verify_audit_log(from_seq bigint, to_seq bigint)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_sealer app.audit_sealer;
  v_from bigint := coalesce(verify_audit_log.from_seq, 1);
  v_to bigint;
  v_broken jsonb;
begin
  if not (app.is_service() or app.has_role('superadmin')) then
    perform app.require_vendor('vendor_admin');
  end if;
  if least(verify_audit_log.from_seq, verify_audit_log.to_seq) < 1 then
    perform app.refuse_field_errors(jsonb_build_array(app.field_error(
      case when verify_audit_log.from_seq < 1 then '/from_seq' else '/to_seq' end,
      'invalid_value', 'must be a place in the chain, from 1'
    )));
  end if;
  select s.* into v_sealer from app.audit_sealer as s;
  v_to := least(coalesce(verify_audit_log.to_seq, v_from + 99999), v_from + 99999, v_sealer.seq);
  v_broken := app.find_broken_seal(v_from, v_to);
  if v_broken is null and v_to >= v_from then
    -- The last place asked for, and the head the sealer remembers, must be there.
    if not exists (select from app.audit_seals as s where s.seq = v_to) and not app.seals_were_retired(v_to, v_to)
      or v_to = v_sealer.seq
      and not exists (select from app.audit_seals as s where s.seq = v_to and s.hash = v_sealer.hash)
    then
      v_broken := jsonb_build_object('seq', v_to, 'audit_id', null, 'code', 'seal_missing');
    end if;
  end if;
  if v_broken is null and v_to = v_sealer.seq then
    -- A chain that was cut short, and a sealer that was told to know nothing of it.
    select jsonb_build_object('seq', min(c.seq), 'audit_id', null, 'code', 'seal_missing') into v_broken
    from app.audit_checkpoints as c
    where c.seq > v_sealer.seq
    having count(*) > 0;
  end if;
  if v_broken is null then
    v_broken := app.find_unsealed_row(v_from, v_to);
  end if;
  return jsonb_build_object(
    'valid', v_broken is null,
    'first_broken', v_broken,
    'from_seq', v_from,
    'to_seq', v_to,
    'checked', (select count(*) from app.audit_seals as s where s.seq between v_from and v_to),
    'hash', (select encode(s.hash, 'hex') from app.audit_seals as s where s.seq = v_to),
    'next_seq', case when v_to < v_sealer.seq then v_to + 1 end,
    'head', jsonb_build_object('seq', v_sealer.seq, 'hash', encode(v_sealer.hash, 'hex'))
  );
end;
$$;
comment on function app.verify_audit_log is 'Checks up to 100,000 places of the audit chain; problem 403.';
grant execute on function app.verify_audit_log to authenticated, service_role;
