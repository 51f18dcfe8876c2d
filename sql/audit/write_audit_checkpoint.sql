-- Writes the head of the chain down when the last checkpoint is a day or 10,000 rows old.
create or replace function app.write_audit_checkpoint(seq bigint, hash bytea)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
begin
  insert into app.audit_checkpoints (seq, hash)
  select write_audit_checkpoint.seq, write_audit_checkpoint.hash
  where not exists (
    select from app.audit_checkpoints as c
    where c.created_at > now() - interval '1 day' and c.seq > write_audit_checkpoint.seq - 10000
  )
  on conflict on constraint audit_checkpoints_pkey do nothing;
end;
$$;
comment on function app.write_audit_checkpoint is 'Keeps a head of the audit chain, at least daily.';
