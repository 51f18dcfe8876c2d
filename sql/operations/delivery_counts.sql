-- How webhook deliveries stand, each figure from an index of its own: delivered ones are those that ended and did not
-- die.
create or replace function app.delivery_counts(
  out pending bigint,
  out delivered_24h bigint,
  out failed_24h bigint,
  out dead bigint
)
language plpgsql
stable
set search_path = ''
as $$
begin
  select count(*) into pending from app.webhook_queue;
  select pending + count(*) into pending
  from public.webhook_deliveries as d
  where d.status = 'blocked' and d.entity is not null;
  select count(*), count(*) filter (where d.finished_at > now() - interval '1 day') into dead, failed_24h
  from public.webhook_deliveries as d
  where d.status = 'dead';
  select count(*) - failed_24h into delivered_24h
  from public.webhook_deliveries as d
  where d.finished_at > now() - interval '1 day';
end;
$$;
comment on function app.delivery_counts is
  'Deliveries: waiting now, delivered and given up in the last 24 hours, and given up in all (the dead letters).';
