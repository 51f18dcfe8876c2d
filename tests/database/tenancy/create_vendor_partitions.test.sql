-- A new vendor gets its part of every registered table, without locks that readers or writers of others would feel.
-- The parents are committed first: only then do the locks of the call tell themselves from those of making a table.
begin;
drop table if exists public.test_refs, public.test_things;
create table public.test_things (
  id uuid not null,
  vendor_id uuid not null references public.vendors (id),
  label text,
  notes text,
  primary key (vendor_id, id),
  constraint label_is_short check (length(label) < 10)
) partition by list (vendor_id);
create index test_things_label_idx on public.test_things (label);
create table public.test_refs (
  vendor_id uuid,
  thing_id uuid,
  foreign key (vendor_id, thing_id) references public.test_things (vendor_id, id)
);
commit;

begin;
select plan(20);
insert into app.partitioned_tables (table_name, modulus, columns_without_statistics)
values ('test_things', 4, '{notes}');

select lives_ok($$ select public.create_vendor('crux', 'Crux') $$, 'a vendor is made');
create temporary table part as
select format('test_things_%s', replace(tests.vendor_id('crux')::text, '-', '')) as name;

select is_empty(
  $$ select l.relation::regclass, l.mode from pg_locks l
     join pg_class c on c.oid = l.relation
     where l.pid = pg_backend_pid()
       and c.relnamespace = 'public'::regnamespace
       and l.mode in ('ExclusiveLock', 'AccessExclusiveLock') $$,
  'no lock on an existing table that shuts out readers'
);
select isnt_empty(
  $$ select from pg_locks
     where pid = pg_backend_pid() and relation = 'public.test_things'::regclass
       and mode = 'ShareUpdateExclusiveLock' $$,
  'the parent is held by the lock of attach alone'
);
select is(
  (select count(*) from pg_inherits i, part p where i.inhparent = format('partitions.%I', p.name)::regclass), 4::bigint,
  'it has as many leaves as registered'
);
select is(
  (select pg_get_expr(c.relpartbound, c.oid) from pg_class c, part p where c.relname = p.name),
  format('FOR VALUES IN (''%s'')', tests.vendor_id('crux')),
  'attached for this vendor'
);
select is(
  (select pg_get_expr(c.relpartbound, c.oid) from pg_class c, part p where c.relname = p.name || '_03'),
  'FOR VALUES WITH (modulus 4, remainder 3)',
  'its leaves by hash'
);
select is_empty(
  $$ select c.relname from pg_class c, part p
     where c.relname like p.name || '%' and c.relkind in ('r', 'p')
       and not (c.relrowsecurity and c.relforcerowsecurity) $$,
  'row level security is enabled and forced on each'
);
select is_empty(
  $$ select c.relname, c.relacl from pg_class c, part p
     where c.relname like p.name || '%' and c.relkind in ('r', 'p') and c.relacl is not null $$,
  'and nobody has a grant on any'
);
select is(
  (select count(*) from pg_index i join pg_class c on c.oid = i.indrelid, part p where c.relname = p.name || '_00'),
  2::bigint,
  'each leaf has the parent''s indexes, none twice'
);
select is_empty(
  $$ select c.conname from pg_constraint c where c.conname = 'rows_belong_to_this_vendor' $$,
  'the check that spared the scan is gone'
);
select is(
  (
    select a.attstattarget from pg_attribute a, part p
    where a.attrelid = format('partitions.%I', p.name || '_00')::regclass and a.attname = 'notes'
  ),
  0::smallint,
  'columns without statistics are so in the leaves'
);

select lives_ok(
  $$ insert into public.test_things select gen_random_uuid(), tests.vendor_id('crux'), 'x'
     from generate_series(1, 50) $$,
  'rows of the vendor find their leaf'
);
select throws_ok(
  $$ insert into public.test_things values (gen_random_uuid(), gen_random_uuid(), 'x') $$, '23514', null,
  'rows of no vendor find none'
);
select throws_ok(
  $$ insert into public.test_things values (gen_random_uuid(), tests.vendor_id('crux'), 'much too long') $$, '23514',
  null,
  'checks of the parent hold'
);
select lives_ok(
  $$ insert into public.test_refs select vendor_id, id from public.test_things limit 1 $$,
  'a foreign key may point there'
);
select throws_ok($$ delete from public.test_things $$, '23503', null, 'and is kept');

select lives_ok(format('select app.create_vendor_partitions(%L)', tests.vendor_id('crux')), 'repeating it is harmless');
insert into app.partitioned_tables (table_name, modulus) values ('test_later', 2);
create table public.test_later (id uuid, vendor_id uuid not null, primary key (vendor_id, id))
partition by list (vendor_id);
select lives_ok(
  format('select app.create_vendor_partitions(%L)', tests.vendor_id('crux')),
  'a table registered later is made up for'
);
select lives_ok(
  $$ insert into public.test_later values (gen_random_uuid(), tests.vendor_id('crux')) $$, 'and takes rows'
);
select is(
  (select count(*) from pg_inherits where inhparent = 'public.test_later'::regclass), 1::bigint,
  'for the vendors asked for only'
);

select * from finish();
rollback;
begin;
drop table public.test_refs, public.test_things;
commit;
