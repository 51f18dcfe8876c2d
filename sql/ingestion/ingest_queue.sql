-- The queue of pipeline steps: messages {"job_id", "step"}. Creating it again changes nothing.
do $$
begin
  if not exists (select from pgmq.list_queues() where queue_name = 'ingest') then
    perform pgmq.create('ingest');
  end if;
end;
$$;
