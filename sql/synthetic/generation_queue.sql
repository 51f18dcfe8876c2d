-- The queue of runs: messages {"run_id"}. While a run is under way its message asks for the next users, afterwards for
-- the removal of users left half made. Creating it again changes nothing.
do $$
begin
  if not exists (select from pgmq.list_queues() where queue_name = 'generation') then
    perform pgmq.create('generation');
  end if;
end;
$$;
