-- search_products: words in the name first, then name or brand, then the rest; newest change first within each; any input.
begin;
select plan(33);
select tests.create_member('olga', 'acme', 'vendor_operator');
select tests.act_as('olga');
select public.upsert_products('[{"external_id": "desc", "name": "Cookie", "short_description": "with oat and milk"}]');
select public.upsert_products('[{"external_id": "brand", "name": "Oat flakes", "brand": "Milk & Sons"}]');
select public.upsert_products('[{"external_id": "old name", "name": "Milk with oat"}]');
select public.upsert_products('[{"external_id": "name", "name": "Oat-Milk"}]');
select public.upsert_products('[{"external_id": "other", "name": "Crème brûlée", "brand": "Dr.Oetker", "description": "oat milk"}]');
select public.upsert_products('[{"external_id": "gone", "name": "Oat milk"}]');
select public.delete_product((select p.id from public.products as p where p.external_id = 'gone'));

create function pg_temp.found(q text, sort text default null) returns text language sql as $$
  select coalesce(string_agg(d.row ->> 'external_id', ', ' order by d.place), '')
  from jsonb_array_elements(public.search_products(found.q, sort => found.sort) -> 'data') with ordinality as d (row, place)
$$;

select is(pg_temp.found('oat milk'), 'name, old name, brand, desc', 'name, then name or brand, then the rest; newest first in each');
select is(
  (select array_agg((d ->> 'score')::numeric) from jsonb_array_elements(public.search_products('oat milk') -> 'data') as d),
  array[1, 1, 0.5, 0.25], 'score tells the tier'
);
select is(pg_temp.found('oat milk', '-updated_at'), 'name, old name, brand, desc', 'by change alone');
select is(public.search_products('oat', sort => '-updated_at') #> '{data,0}' ? 'score', false, 'then without score');
select is(pg_temp.found(null), 'other, name, old name, brand, desc', 'without words everything, newest first');
select is(pg_temp.found('   '), pg_temp.found(null), 'blanks are no words');

select is(pg_temp.found(q), expected, format('%s finds %s', q, expected))
from (values
  ('MILK OAT', 'name, old name, brand, desc'), ('creme brulee', 'other'), ('CRÈME', 'other'), ('dr oetker', 'other'),
  ('dr.oetker', 'other'), ('oetker', 'other'), ('oat-milk', 'name, old name, brand, desc'), ('"milk with"', 'old name'), ('“with oat”', 'old name, desc'),
  ('oat -milk', ''), ('milk -cookie', 'name, old name, brand'), ('cookie or creme', 'other, desc'), ('tofu', ''),
  ('!!!', ''), ('"', ''), ('-', ''), ('or', ''), ('oat & | ! <-> :* ( milk', 'name, old name, brand, desc'), ('\', ''),
  ('oat''milk', 'name'), ('oat/milk@:a', '')
) as t (q, expected);

select lives_ok(
  $$ select public.search_products(string_agg(chr(c), '' order by md5(c::text || seed)))
     from generate_series(1, 40) as seed, lateral (select c from generate_series(33, 383) as c order by md5(c::text || seed) limit 80) as s
     group by seed $$, 'no input is an error'
);
select tests.refuses($$ select public.search_products(repeat('a', 501)) $$, 400, 'invalid-input', 'but it is bounded');
select tests.refuses($$ select public.search_products('a', sort => 'name') $$, 400, 'invalid-input', 'sort is one of two');
select tests.refuses($$ select public.search_products('a', status => 'gone') $$, 400, 'invalid-input', 'status is one of two');
select tests.refuses($$ select public.search_products('a', page_limit => 0) $$, 400, 'invalid-input', 'a page has a row');
select tests.refuses($$ select public.search_products('a', page_limit => 201) $$, 400, 'invalid-input', 'and at most 200');

select * from finish();
rollback;
