-- Leases the next message for the worker: of a run that is under way, or of one that has ended and may have left users
-- half made. Messages of runs that are gone are put away. Null when nothing is due.
create or replace function app.read_generation_step(lease_seconds int)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_message record;
  v_run public.generation_runs;
begin
  for v_attempt in 1 .. 20 loop
    select m.msg_id, m.read_ct, m.message into v_message
    from pgmq.read('generation', read_generation_step.lease_seconds, 1) as m;
    if v_message.msg_id is null then
      return null;
    end if;
    select r.* into v_run from public.generation_runs as r where r.id::text = v_message.message ->> 'run_id';
    if v_run.id is not null then
      return jsonb_build_object(
        'message_id', v_message.msg_id, 'read_count', v_message.read_ct, 'run', to_jsonb(v_run)
      );
    end if;
    perform pgmq.delete('generation', v_message.msg_id);
  end loop;
  return null;
end;
$$;
comment on function app.read_generation_step is 'Leases the next message of a run: {message_id, read_count, run}.';
