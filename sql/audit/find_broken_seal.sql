-- The first thing wrong with the chain between two places: {seq, audit_id, code}, or null. Each seal is held to its row
-- and to the seal before it, so any stretch can be checked by itself, in one pass.
--   seal_missing   a place in the chain is empty, and no retired month explains it
--   chain_broken   the seal does not go on from the one before it
--   row_missing    the sealed row is gone
--   row_changed    the row is not what was sealed
create or replace function app.find_broken_seal(from_seq bigint, to_seq bigint)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    with links as (
      select
        s.seq, s.audit_id, s.audit_timestamp, s.previous_hash, s.hash,
        lag(s.seq) over chain as last_seq,
        lag(s.hash) over chain as last_hash
      from app.audit_seals as s
      where s.seq between from_seq - 1 and to_seq
      window chain as (order by s.seq)
    ), judged as (
      select l.seq, l.audit_id, case
        when coalesce(l.last_seq, from_seq - 1) < l.seq - 1 and not app.seals_were_retired(
          coalesce(l.last_seq, from_seq - 1) + 1, l.seq - 1
        ) then 'seal_missing'
        when l.last_seq = l.seq - 1 and l.previous_hash <> l.last_hash then 'chain_broken'
        when l.seq = 1 and l.previous_hash <> decode(repeat('00', 32), 'hex') then 'chain_broken'
        when c.hash <> l.hash then 'chain_broken'
        when a.id is null then 'row_missing'
        when sha256(l.previous_hash || convert_to(app.audit_row_text(a), 'utf8')) <> l.hash then 'row_changed'
      end as code
      from links as l
      left join public.audit_log as a on a.id = l.audit_id and a."timestamp" = l.audit_timestamp
      left join app.audit_checkpoints as c on c.seq = l.seq
      where l.seq >= from_seq
    )
    select jsonb_build_object('seq', j.seq, 'audit_id', j.audit_id, 'code', j.code)
    from judged as j
    where j.code is not null
    order by j.seq
    limit 1
  );
end;
$$;
comment on function app.find_broken_seal is 'The first broken place {seq, audit_id, code} between two places, or null.';
