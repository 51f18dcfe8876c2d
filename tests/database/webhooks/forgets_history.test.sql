-- Events, deliveries and attempts go after a month; what still waits stays.
begin;
select plan(3);

select tests.create_member('ada', 'acme', 'vendor_admin');
select tests.act_as('ada');
select public.create_webhook('https://a.example', '{job.completed}');
select tests.reset_role();
delete from app.outbox;
delete from app.outbox_queue;

select app.emit_event(tests.vendor_id('acme'), 'job.completed', jsonb_build_object('job_id', n))
from generate_series(1, 3) as n;
select app.dispatch_events(1000);
update public.webhook_deliveries set finished_at = now() - interval '31 days', status = 'dead';
insert into public.webhook_attempts (delivery_id, vendor_id, attempt, started_at, duration_ms)
select d.id, d.vendor_id, 1, now() - interval '31 days', 5 from public.webhook_deliveries as d;
update app.outbox set occurred_at = now() - interval '31 days';
-- The oldest waits to be dispatched; one happened lately and was.
insert into app.outbox_queue (vendor_id, outbox_id) select o.vendor_id, o.id from app.outbox as o order by o.id limit 1;
select app.emit_event(tests.vendor_id('acme'), 'job.completed', '{}');
delete from app.outbox_queue where outbox_id = (select max(o.id) from app.outbox as o);

select is((select count(*)::int from public.webhook_attempts), 3, 'what a month ago became of three events is on record');
do $$ begin while app.purge_webhooks(1) > 0 loop end loop; end $$;
select is(
  (select count(*) from public.webhook_deliveries) + (select count(*) from public.webhook_attempts), 0::bigint,
  'after a month all of it is gone'
);
select is(
  (select array_agg(o.occurred_at < now() order by o.id) from app.outbox as o), '{t,f}',
  'but what waits, which holds up nothing, and what happened lately'
);

select * from finish();
rollback;
