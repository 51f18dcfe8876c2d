-- The head of the chain, and how far sealing is behind. Publish seq and hash where the owner of the database cannot
-- change them; verify_audit_log then proves that all up to there is as it was.
create or replace function app.audit_head()
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select jsonb_build_object(
      'seq', s.seq,
      'hash', encode(s.hash, 'hex'),
      'unsealed', (
        select count(*) from public.audit_log as a
        where (a.xact, a.id) > (s.last_xact, s.last_id) and a.id > s.floor_id
      ),
      'oldest_unsealed', (
        select min(a."timestamp") from public.audit_log as a
        where (a.xact, a.id) > (s.last_xact, s.last_id) and a.id > s.floor_id
      ),
      'months_until', (
        select max(right(c.relname, 7))
        from pg_catalog.pg_inherits as i
        join pg_catalog.pg_class as c on c.oid = i.inhrelid
        where i.inhparent = 'public.audit_log'::regclass
      )
    )
    from app.audit_sealer as s
  );
end;
$$;
comment on function app.audit_head is
  'Head of the audit chain {seq, hash}, rows not sealed yet {unsealed, oldest_unsealed}, and the last month prepared.';
