-- Pages of a search, glued together, are the whole result in order: by the index, by walking, and by any mixture. Compared
-- with a plain sort of all rows, on 3,000 generated products whose times collide.
begin;
select plan(11);
select tests.create_member('olga', 'acme', 'vendor_operator');
insert into public.products (vendor_id, id, external_id, name, brand, short_description, dietary_tags, updated_at)
select
  v, extensions.uuid_generate_v5(v, 'p' || i), 'p' || i,
  case when i % 3 = 0 then 'oat ' else '' end || 'name' || i % 7,
  case when i % 5 = 0 then 'Oat House' end,
  case when i % 2 = 0 then 'with oat' end,
  case when i % 4 = 0 then '{vegan}'::text[] end,
  timestamptz '2026-01-01' + make_interval(secs => i / 10)
from tests.vendor_id('acme') as v, generate_series(1, 3000) as i;
update public.products set soft_deleted_at = now() where external_id in ('p30', 'p2970');

create temporary table truth as
select p.id,
  case when p.name ~ 'oat' then 0 when p.brand ~ 'Oat' then 1 when p.short_description ~ 'oat' then 2 end as tier,
  p.updated_at, p.dietary_tags
from public.products as p where p.soft_deleted_at is null;
grant select on truth to public;

-- All ids of a search, page by page.
create function pg_temp.glued(q text, page int, sort text default null, tags text[] default null) returns uuid[] language plpgsql as $$
declare
  v_answer jsonb;
  v_ids uuid[] := '{}';
begin
  loop
    v_answer := public.search_products(q, tags_any => tags, sort => glued.sort, page_limit => page, cursor => v_answer ->> 'next_cursor');
    v_ids := v_ids || array(select (d ->> 'id')::uuid from jsonb_array_elements(v_answer -> 'data') with ordinality as e (d, n) order by n);
    exit when v_answer ->> 'next_cursor' is null;
  end loop;
  return v_ids;
end
$$;
create function pg_temp.expected(by_tier boolean, tags text[] default null) returns uuid[] language sql as $$
  select array_agg(t.id order by case when by_tier then t.tier end, t.updated_at desc, t.id desc)
  from truth as t where (t.tier is not null or not by_tier) and (tags is null or t.dietary_tags && tags)
$$;
grant execute on function pg_temp.glued, pg_temp.expected to authenticated;

select tests.act_as('olga');
select is(pg_temp.glued('oat', 7), pg_temp.expected(true), 'by the index, pages of 7');
select is(pg_temp.glued('oat', 200), pg_temp.expected(true), 'pages of 200');
select is(pg_temp.glued('oat', 33, tags => '{vegan}'), pg_temp.expected(true, '{vegan}'), 'with a facet');
select is(pg_temp.glued(null, 101), pg_temp.expected(false), 'the list');
select is(pg_temp.glued(null, 50, tags => '{vegan}'), pg_temp.expected(false, '{vegan}'), 'the list with a facet');

-- Pretend the words are so common that walking pays.
select tests.reset_role();
insert into app.catalog_statistics (vendor_id, products) values (tests.vendor_id('acme'), 3000) on conflict (vendor_id) do update set products = 3000;
insert into app.catalog_lexemes values (tests.vendor_id('acme'), 'oat', 2500, 2000, 2400), (tests.vendor_id('acme'), 't=vegan', 2800, 0, 0);
select tests.act_as('olga');
select is(pg_temp.glued('oat', 7), pg_temp.expected(true), 'by walking, pages of 7');
select is(pg_temp.glued('oat', 200), pg_temp.expected(true), 'pages of 200');
select is(pg_temp.glued('oat', 33, tags => '{vegan}'), pg_temp.expected(true, '{vegan}'), 'with a facet');
select is(pg_temp.glued(null, 50, tags => '{vegan}'), pg_temp.expected(false, '{vegan}'), 'the list with a facet, walked');

-- Names seem rare, the rest common: the first tier by the index, the others walked.
select tests.reset_role();
update app.catalog_lexemes set in_name = 5 where lexeme = 'oat';
select tests.act_as('olga');
select is(pg_temp.glued('oat', 40), pg_temp.expected(true), 'by both');

-- A row that changes behind the cursor moves to the front; nothing else is lost or repeated.
create temporary table page as select public.search_products('oat', page_limit => 100) as answer;
select public.patch_product((select t.id from truth as t where t.tier = 0 order by t.updated_at limit 1), '{"price": 1}');
select is(
  (select array_agg((d ->> 'id')::uuid order by n) from jsonb_array_elements(
    (select public.search_products('oat', page_limit => 100, cursor => answer ->> 'next_cursor') -> 'data' from page)
  ) with ordinality as e (d, n)),
  (pg_temp.expected(true))[101:200], 'the next page is what it was'
);

select * from finish();
rollback;
