-- The queue of runs too large for a request: messages {"run_id"}. Creating it again changes nothing.
do $$
begin
  if not exists (select from pgmq.list_queues() where queue_name = 'generation') then
    perform pgmq.create('generation');
  end if;
end;
$$;
