-- The plans behind a member's search: the vendor's partitions only, by an index, never a scan of all. The
-- statements of the functions are explained as they stand there; what the functions read is counted.
begin;
select plan(6);
select tests.create_member('olga', 'acme', 'vendor_operator');
select tests.create_vendor('beta');

create function pg_temp.plan_of(statement text) returns text language plpgsql as $$
declare
  v_line text;
  v_plan text := '';
begin
  perform set_config('enable_seqscan', 'off', true);
  for v_line in execute 'explain (costs off) ' || statement loop
    v_plan := v_plan || v_line || E'\n';
  end loop;
  return v_plan;
end
$$;

insert into public.products (vendor_id, id, external_id, name, short_description)
select v, extensions.uuid_generate_v5(v, 'p' || i), 'p' || i, 'name' || i, repeat('some words of a description ', 5)
from tests.vendor_id('acme') as v, generate_series(1, 5000) as i;
analyze public.products;

create temporary table plans as
select
  pg_temp.plan_of(format(
    'select p.id from public.products as p where p.vendor_id = %L and p.search_tsv @@ %L::tsquery and p.soft_deleted_at is null',
    tests.vendor_id('acme'), app.parse_search('oat milk')
  )) as words,
  pg_temp.plan_of(format(
    'select p.id from public.products as p where p.vendor_id = %L order by p.updated_at desc, p.id desc limit 50',
    tests.vendor_id('acme')
  )) as walk;
select alike(words, '%Bitmap Index Scan on products_%search_tsv%', 'words use the search index') from plans;
select unalike(words, '%' || replace(tests.vendor_id('beta')::text, '-', '') || '%', 'of the own vendor only') from plans;
select unalike(walk, '%->  Sort%', 'the list needs no sort') from plans;
select alike(walk, '%Index%Scan using products_%updated_at_id_idx%', 'it walks the order of change') from plans;

-- What the functions really read, by the statistics of this transaction.
select tests.act_as('olga');
select public.upsert_products(jsonb_agg(jsonb_build_object('external_id', i, 'name', 'word' || i || ' common')))
from (select i::text from generate_series(1, 200) as i) as s;
select tests.reset_role();
create function pg_temp.seq_scans() returns bigint language sql volatile as $$
  select coalesce(sum(s.seq_scan), 0)::bigint from pg_stat_xact_all_tables as s where s.schemaname = 'partitions' and s.relname like 'products%'
$$;
create temporary table before as select pg_temp.seq_scans() as n;
select tests.act_as('olga');
select is(jsonb_array_length(public.search_products('word7') -> 'data') + jsonb_array_length(public.search_products('common', page_limit => 5) -> 'data')
  + jsonb_array_length(public.search_products(page_limit => 3) -> 'data'), 9, 'searching and listing');
select tests.reset_role();
select is(pg_temp.seq_scans(), (select n from before), 'scans no partition');

select * from finish();
rollback;
