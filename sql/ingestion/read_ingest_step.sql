-- Takes the next step of any job out of the queue for `lease_seconds`. Messages nobody can act on are put away here:
-- unreadable ones archived, those of ended jobs deleted (their cleanup is a step of its own), those of a suspended
-- vendor sent anew to be looked at in a minute. Null when nothing is due.
create or replace function app.read_ingest_step(lease_seconds int)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_message record;
  v_job public.ingestion_jobs;
begin
  for v_attempt in 1 .. 20 loop
    select m.msg_id, m.read_ct, m.message into v_message
      from pgmq.read('ingest', read_ingest_step.lease_seconds, 1) as m;
    if v_message.msg_id is null then
      return null;
    end if;
    if not coalesce(pg_input_is_valid(v_message.message ->> 'job_id', 'uuid'), false)
      or coalesce(v_message.message ->> 'step', '') not in (
        'detect', 'load', 'plan', 'merge', 'sync', 'finalize', 'cleanup'
      ) then
      perform pgmq.archive('ingest', v_message.msg_id);
      continue;
    end if;
    select j.* into v_job from public.ingestion_jobs as j where j.id = (v_message.message ->> 'job_id')::uuid;
    if v_job.id is null
      or (v_message.message ->> 'step' <> 'cleanup'
        and (v_job.status <> 'running' or v_job.step <> v_message.message ->> 'step')) then
      perform pgmq.delete('ingest', v_message.msg_id);
      continue;
    end if;
    if not app.is_vendor_active(v_job.vendor_id) then
      perform pgmq.delete('ingest', v_message.msg_id);
      perform pgmq.send('ingest', v_message.message, 60);
      continue;
    end if;
    return jsonb_build_object(
      'message_id', v_message.msg_id,
      'read_count', v_message.read_ct,
      'step', v_message.message ->> 'step',
      'job', to_jsonb(v_job)
    );
  end loop;
  return null;
end;
$$;
comment on function app.read_ingest_step is 'Leases the next queued step together with its job.';
