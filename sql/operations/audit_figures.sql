-- How far the sealing of the audit log is behind.
create or replace function app.audit_figures(
  out unsealed bigint,
  out oldest_unsealed_seconds int,
  out last_sealed_at timestamptz
)
language plpgsql
stable
set search_path = ''
as $$
declare
  v_head jsonb := app.audit_head();
begin
  unsealed := v_head ->> 'unsealed';
  oldest_unsealed_seconds := coalesce(
    extract(epoch from now() - (v_head ->> 'oldest_unsealed')::timestamptz), 0
  );
  select s.audit_timestamp into last_sealed_at
  from app.audit_seals as s
  where s.seq = (v_head ->> 'seq')::bigint;
end;
$$;
comment on function app.audit_figures is
  'Audit rows without a seal, the age of the oldest in seconds (0 without any), and the time of the newest sealed row.';
