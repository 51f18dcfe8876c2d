-- However a sync ends (completed, failed, canceled), its connector hears of it in the same transaction.
create or replace function app.note_sync_end()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  update public.connector_cursors as s
  set status = new.status,
      synced_at = case when new.status = 'completed' then new.finished_at else s.synced_at end,
      synced_until = case when new.status = 'completed' then new.started_at else s.synced_until end
  where s.vendor_id = new.vendor_id and s.source = new.params ->> 'source' and s.job_id = new.id;
  return null;
end;
$$;
comment on function app.note_sync_end is
  'After-row trigger of ingestion_jobs: the state of the connector of an ended sync.';

create trigger note_sync_end_trigger
after update of status on public.ingestion_jobs
for each row
when (new.mode = 'api_sync' and old.finished_at is null and new.finished_at is not null)
execute function app.note_sync_end();
