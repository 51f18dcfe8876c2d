-- Takes the step whose turn it is out of the queue for `lease_seconds`. Messages nobody can act on are put away here:
-- unreadable ones archived, those of ended jobs deleted (settling and cleaning up come after the end), those of a
-- suspended vendor sent anew to be looked at in a minute. Null when nothing is due. One worker looks at a time, for a
-- moment: two that counted the running steps at once would both find room for one more.
create or replace function app.read_ingest_step(lease_seconds int, platform_concurrency int default 2)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_message_id bigint;
  v_message record;
  v_job public.ingestion_jobs;
begin
  perform pg_advisory_xact_lock(hashtextextended('ingest turn', 0));
  for v_attempt in 1 .. 20 loop
    v_message_id := app.next_ingest_message(
      read_ingest_step.lease_seconds, read_ingest_step.platform_concurrency
    );
    update pgmq.q_ingest as q
    set vt = clock_timestamp() + make_interval(secs => read_ingest_step.lease_seconds), read_ct = q.read_ct + 1
    where q.msg_id = v_message_id
    returning q.msg_id, q.read_ct, q.message into v_message;
    if v_message.msg_id is null then
      return null;
    end if;
    if not coalesce(pg_input_is_valid(v_message.message ->> 'job_id', 'uuid'), false)
      or coalesce(v_message.message ->> 'step', '') not in (
        'detect', 'load', 'plan', 'merge', 'sync', 'finalize', 'settle', 'cleanup'
      ) then
      perform pgmq.archive('ingest', v_message.msg_id);
      continue;
    end if;
    select j.* into v_job from public.ingestion_jobs as j where j.id = (v_message.message ->> 'job_id')::uuid;
    if v_job.id is null
      or (v_message.message ->> 'step' not in ('settle', 'cleanup')
        and (v_job.status <> 'running' or v_job.step <> v_message.message ->> 'step')) then
      perform pgmq.delete('ingest', v_message.msg_id);
      continue;
    end if;
    if not app.is_vendor_active(v_job.vendor_id) then
      perform pgmq.delete('ingest', v_message.msg_id);
      perform pgmq.send('ingest', v_message.message, 60);
      continue;
    end if;
    insert into app.ingest_turns as t (vendor_id, taken_at) values (v_job.vendor_id, clock_timestamp())
    on conflict on constraint ingest_turns_pkey do update set taken_at = excluded.taken_at;
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
