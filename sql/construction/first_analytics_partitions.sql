-- The first months of events.
do $$
begin
  perform app.create_analytics_partitions();
end;
$$;
