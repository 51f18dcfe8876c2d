-- Keeps app.webhook_queue to the deliveries that wait, whoever changes them. Definer, because the queue is closed to
-- clients. The planner is kept to looks by key: it believes a queue to be empty that just was.
create or replace function app.sync_webhook_queue()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
set enable_seqscan = off
as $$
begin
  if tg_op <> 'INSERT' then
    delete from app.webhook_queue as q
    where q.ctid = any (
      array(
        select w.ctid
        from old_rows as o
        cross join lateral (
          select x.ctid
          from app.webhook_queue as x
          where x.endpoint_id = o.endpoint_id
            and x.next_attempt_at = o.next_attempt_at
            and x.sequence = o.sequence
            and x.delivery_id = o.id
          offset 0
        ) as w
        where o.status in ('pending', 'retrying')
      )
    );
  end if;
  if tg_op <> 'DELETE' then
    insert into app.webhook_queue (endpoint_id, next_attempt_at, sequence, delivery_id)
    select n.endpoint_id, n.next_attempt_at, n.sequence, n.id
    from new_rows as n
    where n.status in ('pending', 'retrying');
  end if;
  return null;
end;
$$;
comment on function app.sync_webhook_queue is
  'After-statement trigger of webhook_deliveries: puts those that wait into the queue, and takes others out.';

create trigger sync_webhook_queue_insert_trigger
after insert on public.webhook_deliveries
referencing new table as new_rows
for each statement execute function app.sync_webhook_queue();
create trigger sync_webhook_queue_update_trigger
after update on public.webhook_deliveries
referencing old table as old_rows new table as new_rows
for each statement execute function app.sync_webhook_queue();
create trigger sync_webhook_queue_delete_trigger
after delete on public.webhook_deliveries
referencing old table as old_rows
for each statement execute function app.sync_webhook_queue();
