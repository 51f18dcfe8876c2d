-- The audit log is only ever added to, by nobody but the functions that know who asks.
begin;
select plan(25);

select tests.create_member('ada', 'acme', 'vendor_admin');
select tests.reset_role();
select app.write_audit('product.removed', 'product', '7', '{"name": "x"}', justification => 'recall', vendor_id => tests.vendor_id('acme'));

select tests.refuses(format('%s public.audit_log %s', s[1], s[2]), 409, 'append-only', format('the owner cannot %s it', s[1]))
  from (values (array['update', 'set action = ''a.b''']), (array['delete from', '']), (array['truncate', ''])) as t (s);
select tests.refuses(format(v, p.name), 409, 'append-only', format('nor its partition: %s', left(v, 8)))
  from (select 'partitions.audit_log_' || to_char(now() at time zone 'utc', 'yyyy_mm') as name) as p,
    unnest(array['update %s set after = ''{}''', 'delete from %s', 'truncate %s']) as v;
select tests.refuses(format(v, t), 409, 'append-only', format('nor the chain: %s', format(v, t)))
  from unnest(array['app.audit_seals', 'app.audit_checkpoints', 'app.audit_retired_months']) as t,
    unnest(array['delete from %s', 'truncate %s']) as v;
select is_empty(
  $$ select i.inhrelid::regclass from pg_inherits i where i.inhparent in ('public.audit_log'::regclass, 'app.audit_seals'::regclass)
     and not exists (select from pg_trigger t where t.tgrelid = i.inhrelid and t.tgname = 'refuse_change_trigger' and t.tgenabled = 'A') $$,
  'every partition is closed, for replication too');

select tests.act_as_service();
select tests.forbids($$ insert into public.audit_log (actor_role, action, entity) values ('x', 'a.b', 'c') $$, 'the service key cannot add by hand');
select tests.forbids('delete from public.audit_log', 'or remove');
select tests.act_as('ada');
select tests.forbids($$ insert into public.audit_log (actor_role, action, entity) values ('x', 'a.b', 'c') $$, 'nor can an admin');
select tests.forbids($$ select app.write_audit('a.b', 'c') $$, 'not even through the function');
select tests.forbids('update public.audit_log set action = ''a.b''', 'or change');
select tests.forbids('select from app.audit_seals', 'the chain is closed to people');
select tests.forbids('select app.seal_audit_log()', 'and so is the sealer');

-- Months.
select tests.reset_role();
select is(app.create_audit_partitions(), 0, 'a year of months is there from the beginning');
select is(app.create_audit_partitions(13), 2, 'the next is made when asked for, for rows and seals');
select is((select count(*) from pg_class c join pg_inherits i on i.inhrelid = c.oid
  where i.inhparent = 'public.audit_log'::regclass and pg_get_expr(c.relpartbound, c.oid) = 'DEFAULT'), 0::bigint, 'no default partition hides a missing one');
select app.create_audit_partition('public.audit_log', 'timestamp', 'audit_log_2019_01', '2019-01-01 00:00+00');
select app.create_audit_partition('app.audit_seals', 'audit_timestamp', 'audit_seals_2019_01', '2019-01-01 00:00+00');
select app.create_audit_partition('public.audit_log', 'timestamp',
  'audit_log_' || to_char(now() at time zone 'utc' - interval '6 years', 'yyyy_mm'), date_trunc('month', now() at time zone 'utc' - interval '6 years') at time zone 'utc');
select throws_ok($$ select app.drop_audit_partitions(interval '5 years') $$, '22023', null, 'less than six years is refused');
select is(app.drop_audit_partitions(), array['audit_log_2019_01', 'audit_seals_2019_01'], 'older months go, the one that is not wholly older stays');

select * from finish();
rollback;
