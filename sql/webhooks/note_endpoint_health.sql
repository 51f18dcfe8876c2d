-- What attempts say of an endpoint: healthy again, failing since, gone, or asking for a pause. One that has failed for
-- too long without any success is switched off.
create or replace function app.note_endpoint_health(
  id uuid,
  succeeded boolean,
  is_gone boolean,
  retry_after_seconds int
)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_since timestamptz;
begin
  -- A healthy endpoint is written to once a minute at most, so that its row does not become a bottleneck.
  update public.webhook_endpoints as e
  set failing_since = case when note_endpoint_health.succeeded then null else coalesce(e.failing_since, now()) end,
      last_success_at = case when note_endpoint_health.succeeded then now() else e.last_success_at end,
      resume_at = case when retry_after_seconds > 0
        then clock_timestamp() + make_interval(secs => least(retry_after_seconds, 86400)) end
  where e.id = note_endpoint_health.id
    and (
      (note_endpoint_health.succeeded and e.failing_since is not null)
      or (note_endpoint_health.succeeded and coalesce(e.last_success_at < now() - interval '1 minute', true))
      or (not note_endpoint_health.succeeded and e.failing_since is null)
      or retry_after_seconds > 0
    );
  if note_endpoint_health.succeeded and not note_endpoint_health.is_gone then
    return;
  end if;
  if note_endpoint_health.is_gone then
    perform app.disable_webhook(note_endpoint_health.id, 'gone');
    return;
  end if;
  select e.failing_since into v_since from public.webhook_endpoints as e where e.id = note_endpoint_health.id;
  if v_since < now() - (select s.disable_after from app.webhook_settings as s) then
    perform app.disable_webhook(note_endpoint_health.id, 'failing');
  end if;
end;
$$;
comment on function app.note_endpoint_health is
  'Keeps the health of an endpoint; switches it off when it is gone or beyond hope.';
