-- How many queued steps could be taken now, over all queues, counted no further than `most`: what decides how many
-- workers are woken.
create or replace function app.count_waiting_messages(most int, at timestamptz default now())
returns int
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_queue text;
  v_found int;
  v_count int := 0;
begin
  for v_queue in select q.queue_name from pgmq.list_queues() as q loop
    execute format('select count(*) from (select from pgmq.%I where vt <= $1 limit $2) as w', 'q_' || v_queue)
    into v_found using at, most;
    v_count := v_count + v_found;
    exit when v_count >= most;
  end loop;
  return least(v_count, most);
end;
$$;
comment on function app.count_waiting_messages is 'Queued messages that a worker could take now, up to `most`.';
