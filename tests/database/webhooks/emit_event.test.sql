-- Events are written with the change they tell of, and nobody outside reads or writes the outbox.
begin;
select plan(10);

select tests.create_member('ada', 'acme', 'vendor_admin');
select tests.reset_role();
select set_config('test.event_id', app.emit_event(tests.vendor_id('acme'), 'job.completed', '{"job_id": 1}')::text, true);
select is(
  (select (event_type, data, super_id, occurred_at = now())::text from app.outbox
   where event_id = current_setting('test.event_id')::uuid),
  '(job.completed,"{""job_id"": 1}",,t)', 'an event is in the outbox'
);
select is(
  (
    select count(*)::int
    from app.outbox_queue as q
    join app.outbox as o on (o.vendor_id, o.id) = (q.vendor_id, q.outbox_id)
    where o.event_id = current_setting('test.event_id')::uuid
  ), 1, 'and waits for its deliveries'
);
select isnt(
  app.emit_event(tests.vendor_id('acme'), 'job.completed', null), current_setting('test.event_id')::uuid,
  'each has an id of its own'
);
select throws_ok(
  $$ select app.emit_event(tests.vendor_id('acme'), 'Done!', '{}') $$, '23514', null, 'its type is a noun, a dot and a verb'
);
select throws_ok($$ select app.emit_event(gen_random_uuid(), 'job.failed', '{}') $$, '23503', null, 'its vendor exists');
select throws_ok(
  $$ select app.emit_event(tests.vendor_id('acme'), 'job.failed', '[]') $$, '23514', null, 'its data is an object'
);

select tests.act_as('ada');
select tests.forbids('select from app.outbox', 'an admin does not read it');
select tests.forbids(
  $$ select app.emit_event(tests.vendor_id('acme'), 'job.completed', '{}') $$, 'nor make events by hand'
);
select tests.act_as_service();
select tests.forbids('select from app.outbox', 'the service key does not read it');
select tests.act_as_anon();
select tests.forbids('select from app.outbox', 'and nobody else');

select * from finish();
rollback;
