-- Of the deliveries just queued again for ordered endpoints, lets only the first of each entity go.
create or replace function app.block_followers(ids uuid[])
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  update public.webhook_deliveries as d
  set status = 'blocked'
  where d.id = any (block_followers.ids)
    and d.entity is not null
    and d.status = 'pending'
    and exists (
      select from public.webhook_deliveries as w
      where w.endpoint_id = d.endpoint_id and w.entity = d.entity and w.sequence < d.sequence
        and w.status in ('blocked', 'pending', 'retrying')
    );
  perform app.release_blocked_deliveries(
    array(
      select distinct d.endpoint_id
      from public.webhook_deliveries as d
      where d.id = any (block_followers.ids) and d.entity is not null
    )
  );
end;
$$;
comment on function app.block_followers is 'Keeps the order of entities after deliveries were queued again.';
