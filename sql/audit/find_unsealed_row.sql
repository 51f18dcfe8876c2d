-- A row that was slipped in behind the sealer, as {seq: null, audit_id, code: 'row_not_sealed'}, or null. Looks at the
-- ids that belong to a stretch of the chain (the first and last stretch take what lies beyond them), so that a stretch
-- costs what it holds, and all stretches together leave no id out.
create or replace function app.find_unsealed_row(from_seq bigint, to_seq bigint)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_sealer app.audit_sealer;
  v_first_id bigint;
  v_last_id bigint;
begin
  select s.* into v_sealer from app.audit_sealer as s;
  select min(s.audit_id), max(s.audit_id) into v_first_id, v_last_id
  from app.audit_seals as s
  where s.seq between from_seq - 1 and to_seq;
  if from_seq <= 1 then
    v_first_id := null;
  end if;
  if to_seq >= v_sealer.seq then
    v_last_id := null;
  end if;
  return (
    select jsonb_build_object('seq', null, 'audit_id', a.id, 'code', 'row_not_sealed')
    from public.audit_log as a
    where a.id >= coalesce(v_first_id, '-9223372036854775808'::bigint)
      and a.id <= coalesce(v_last_id, 9223372036854775807)
      and ((a.xact, a.id) <= (v_sealer.last_xact, v_sealer.last_id) or a.id <= v_sealer.floor_id)
      and not exists (
        select from app.audit_seals as s where s.audit_id = a.id and s.audit_timestamp = a."timestamp"
      )
    order by a.id
    limit 1
  );
end;
$$;
comment on function app.find_unsealed_row is 'An audit row older than the head of the chain without a seal, or null.';
