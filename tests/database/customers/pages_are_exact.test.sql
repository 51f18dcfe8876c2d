-- Pages of a search of customers, glued together, are the whole result in order, whichever way is taken: the index, the
-- walk, the walk that gives up. Compared with a plain sort of all rows, on 9,600 customers whose times collide.
begin;
select plan(15);
select tests.create_member('olga', 'acme', 'vendor_operator');
insert into public.customers (vendor_id, id, external_id, full_name, email, custom_tags, updated_at)
select
  v, extensions.uuid_generate_v5(v, 'c' || i), 'c' || i,
  case when i % 2 = 0 then 'Ada' else 'Bob' end || case when i % 3 = 0 then ' Abel' when i % 300 = 1 then ' Rarely' else ' Baker' end
    || case when i <= 1000 then ' Elder' else '' end || case when i % 160 = 1 then ' Abel' else '' end,
  'c' || i || '@example.com', case when i % 4 = 0 then '{vip}'::text[] end,
  timestamptz '2026-01-01' + make_interval(secs => i / 10)
from tests.vendor_id('acme') as v, generate_series(1, 9600) as i;
update public.customers set soft_deleted_at = now() where external_id in ('c6', 'c301', 'c9600');
select app.flush_customer_search(tests.vendor_id('acme'));
create temporary table truth as
select c.id, c.full_name, c.custom_tags, c.updated_at from public.customers as c where c.soft_deleted_at is null;
grant select on truth to public;

-- The ids of a search, page by page.
create function pg_temp.glued(q text, page int, pages int, tags text[] default null, since timestamptz default null) returns uuid[] language plpgsql as $$
declare
  v_answer jsonb;
  v_ids uuid[] := '{}';
begin
  for v_page in 1 .. pages loop
    v_answer := public.search_customers(q, tags_any => tags, updated_after => since, page_limit => page, cursor => v_answer ->> 'next_cursor');
    v_ids := v_ids || array(select (d ->> 'id')::uuid from jsonb_array_elements(v_answer -> 'data') with ordinality as e (d, n) order by n);
    exit when v_answer ->> 'next_cursor' is null;
  end loop;
  return v_ids;
end
$$;
create function pg_temp.expected(pattern text, most int, tags text[] default null, since timestamptz default null) returns uuid[] language sql as $$
  select array_agg(t.id order by t.updated_at desc, t.id desc)
  from (
    select t.id, t.updated_at from truth as t
    where t.full_name ~ pattern and (tags is null or t.custom_tags && tags) and (since is null or t.updated_at > since)
    order by t.updated_at desc, t.id desc limit most
  ) as t
$$;
grant execute on function pg_temp.glued, pg_temp.expected to authenticated;

create function pg_temp.seq_scans() returns bigint language sql volatile as $$
  select coalesce(sum(s.seq_scan), 0)::bigint from pg_stat_xact_all_tables as s where s.schemaname = 'partitions' and s.relname like 'customers%'
$$;
create temporary table before as select pg_temp.seq_scans() as n;

select tests.act_as('olga');
select is(pg_temp.glued('rare', 7, 100), pg_temp.expected('Rarely', 9600), 'a rare word, by the index, pages of 7');
select is(pg_temp.glued('rare', 200, 100), pg_temp.expected('Rarely', 9600), 'pages of 200');
select is(pg_temp.glued('rare bob', 5, 100), pg_temp.expected('Rarely', 9600), 'a rare word and a common one: the rare one leads');
select is(pg_temp.glued('ra ad', 5, 100), '{}', 'and the common one counts');
select is(pg_temp.glued('ad', 60, 20), pg_temp.expected('Ada', 1200), 'a common word, by walking, pages of 60');
select is(pg_temp.glued('ada abel', 9, 30), pg_temp.expected('Ada.*Abel', 270), 'two common words that go together often');
select is(pg_temp.glued('abel ba', 3, 100), pg_temp.expected('Baker.*Abel', 9600), 'two common words that go together rarely');
select is(pg_temp.glued('eld', 1, 5), pg_temp.expected('Elder', 5), 'a word that only old customers have: the walk gives up');
select is(pg_temp.glued('eld', 200, 100), pg_temp.expected('Elder', 9600), 'pages of 200');
select is(pg_temp.glued('ada', 11, 4, '{vip}'), pg_temp.expected('Ada', 44, '{vip}'), 'a word and a tag');
select is(pg_temp.glued('ada', 11, 100, since => '2026-01-01 00:15'), pg_temp.expected('Ada', 9600, since => '2026-01-01 00:15'), 'a word and a time');
select is(pg_temp.glued(null, 200, 100), pg_temp.expected('', 9600), 'the list, all of it');
select is(pg_temp.glued(null, 9, 5, since => '2026-01-01 00:15:50'), pg_temp.expected('', 45, since => '2026-01-01 00:15:50'), 'the list since a time');
select is(pg_temp.glued('', 2, 2, tags => '{VIP}'), pg_temp.expected('', 4, '{vip}'), 'a tag alone');
select tests.reset_role();
select is(pg_temp.seq_scans(), (select n from before), 'none of it scans a partition');
select * from finish();
rollback;
