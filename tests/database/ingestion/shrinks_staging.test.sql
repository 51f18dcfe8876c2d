-- The staging tables give their space back when they stand empty, and never while they hold a row.
begin;
select plan(4);
truncate public.stg_products, public.stg_customers;
insert into public.stg_products (batch_id, row_no, vendor_id, name)
select '00000000-0000-0000-0000-000000000001', n, gen_random_uuid(), 'x' from generate_series(1, 1000) as n;
select is(app.shrink_staging(40000), 0, 'rows on their way stay');
delete from public.stg_products;
select is(app.shrink_staging(1000000000), 0, 'a small table is left alone');
select is(app.shrink_staging(40000), 1, 'a grown one that is empty is truncated');
select is(pg_relation_size('public.stg_products'), 0::bigint, 'and takes no space');
select * from finish();
rollback;
