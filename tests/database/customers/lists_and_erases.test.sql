-- Allow and deny lists, searching, soft and hard deletion, and what each role and vendor can see of it.
begin;
select plan(41);
select tests.create_member('olga', 'acme', 'vendor_operator');
select tests.create_member('vera', 'acme', 'vendor_viewer');
select tests.create_member('stan', 'other', 'vendor_operator');
select tests.act_as('olga');
select public.upsert_customers('[
  {"external_id": "c1", "full_name": "José Álvarez-Ruiz", "email": "jose@x.org", "custom_tags": ["VIP", "Köln"]},
  {"external_id": "c2", "full_name": "Josephine Baker", "email": "baker.j@paris.fr", "age": 30, "gender": "f"},
  {"external_id": "c3", "full_name": "Ann O''Neill", "email": "ann@x.org", "custom_tags": ["vip"]}
]');
select public.upsert_products('[{"external_id": "p1", "name": "Bread"}, {"external_id": "p2", "name": "Milk"}]');
create temporary table ids as
select c.external_id, c.id from public.customers as c union all select p.external_id, p.id from public.products as p;
grant all on ids to public;
create function pg_temp.id(external_id text) returns uuid language sql as $$ select i.id from ids as i where i.external_id = $1 $$;
create function pg_temp.found(q text default null, tags text[] default null, email text default null) returns text language sql as $$
  select string_agg(c ->> 'external_id', ',' order by c ->> 'external_id')
  from jsonb_array_elements(public.search_customers(q => $1, tags_any => $2, email => $3) -> 'data') as c
$$;

-- Search.
select is(pg_temp.found(), 'c1,c2,c3', 'all without filters');
select is(pg_temp.found('jos'), 'c1,c2', 'the beginning of a word');
select is(pg_temp.found('JOSÉ'), 'c1,c2', 'case and accents do not matter');
select is(pg_temp.found('ruiz jose'), 'c1', 'every word, in any order');
select is(pg_temp.found('o''neill'), 'c3', 'a name with an apostrophe');
select is(pg_temp.found('baker.j'), 'c2', 'the front of an email');
select is(pg_temp.found('Ann@x'), 'c3', 'the beginning of an email');
select is(pg_temp.found(email => 'JOSE@X.org'), 'c1', 'an email exactly');
select is(pg_temp.found(tags => '{vip}'), 'c1,c3', 'a tag');
select is(pg_temp.found('ann', '{koln,vip}'), 'c3', 'words and tags');
select is(pg_temp.found('%'), null, 'no word finds nothing');
select is(pg_temp.found('"'')(:*&|!'), null, 'whatever was typed');
create temporary table page as select public.search_customers(page_limit => 2) as p;
select is((select jsonb_array_length(p -> 'data') from page), 2, 'a page');
select is((select jsonb_array_length(public.search_customers(cursor => p ->> 'next_cursor', page_limit => 2) -> 'data') from page), 1, 'and the next');
select tests.refuses((select format('select public.search_customers(q => %L, cursor => %L)', 'jos', p ->> 'next_cursor') from page), 400, 'invalid-cursor', 'a cursor of other filters is refused');
select tests.refuses('select public.search_customers(page_limit => 201)', 400, 'invalid-input', 'a page has a bound');
select tests.refuses('select public.search_customers(tags_any => array[null])', 400, 'invalid-input', 'null is no tag');

-- Lists.
select is(
  public.put_customer_list_entry(pg_temp.id('c1'), 'deny', pg_temp.id('p1'), 'tastes of soap') - array['id', 'created_at', 'updated_at', 'customer_id', 'product_id'],
  '{"list": "deny", "note": "tastes of soap"}', 'a product is denied'
);
create temporary table entry as select public.get_customer_list_entry(pg_temp.id('c1'), 'deny', pg_temp.id('p1')) as e;
select is(public.put_customer_list_entry(pg_temp.id('c1'), 'deny', pg_temp.id('p1'), 'tastes of soap'), (select e from entry), 'twice is once');
select is(public.put_customer_list_entry(pg_temp.id('c1'), 'allow', pg_temp.id('p1')) ->> 'list', 'allow', 'on the other list');
select tests.refuses(format('select public.get_customer_list_entry(%L, %L, %L)', pg_temp.id('c1'), 'deny', pg_temp.id('p1')), 404, 'not-found', 'it leaves the first');
select is(jsonb_array_length(public.get_customer_list(pg_temp.id('c1'), 'allow') -> 'data'), 1, 'a list lists');
select tests.refuses(format('select public.put_customer_list_entry(%L, %L, %L)', pg_temp.id('c1'), 'deny', gen_random_uuid()), 404, 'not-found', 'only products there are');
select tests.refuses(format('select public.get_customer_list(%L, %L)', pg_temp.id('c1'), 'moon'), 404, 'not-found', 'only two lists');
select lives_ok(format('select public.delete_customer_list_entry(%L, %L, %L)', pg_temp.id('c1'), 'allow', pg_temp.id('p1')), 'off the list');
select tests.refuses(format('select public.delete_customer_list_entry(%L, %L, %L)', pg_temp.id('c1'), 'allow', pg_temp.id('p1')), 404, 'not-found', 'only once');
select public.put_customer_list_entry(pg_temp.id('c2'), 'deny', pg_temp.id('p2'));

-- Roles and vendors.
select tests.act_as('vera');
select is(pg_temp.found('ann'), 'c3', 'a viewer finds customers');
select is((select count(*) from public.customers), 3::bigint, 'and reads the table');
select tests.refuses($$ select public.upsert_customers('[]') $$, 403, 'insufficient-role', 'but writes none');
select tests.refuses(format('select public.delete_customer(%L)', pg_temp.id('c1')), 403, 'insufficient-role', 'deletes none');
select tests.refuses(format('select public.put_customer_list_entry(%L, %L, %L)', pg_temp.id('c1'), 'deny', pg_temp.id('p1')), 403, 'insufficient-role', 'lists none');
select tests.forbids($$ update public.customers set full_name = 'x' $$, 'nor past the functions');
select tests.act_as('stan');
select is(pg_temp.found(), null, 'another vendor finds none');
select tests.refuses(format('select public.get_customer(%L)', pg_temp.id('c1')), 404, 'not-found', 'nor by id');
select tests.refuses(format('select public.delete_customer(%L, %L)', pg_temp.id('c1'), 'hard'), 404, 'not-found', 'nor to delete');

-- Deletion.
select tests.act_as('olga');
select public.record_customer_consent(pg_temp.id('c2'), '{"consent_type": "health_data", "granted": true, "version": "1"}');
select public.put_customer_health(pg_temp.id('c2'), '{"height_cm": 170, "weight_kg": 60, "activity_level": "light"}');
select public.delete_customer(pg_temp.id('c2'), 'soft');
select tests.refuses(format('select public.get_customer_health(%L)', pg_temp.id('c2')), 404, 'not-found', 'a deleted customer is not there');
select is(public.upsert_customers('[{"external_id": "c2", "full_name": "J B", "email": "b@x.org"}]') ->> 'updated', '1', 'an upsert brings them back');
select tests.refuses(format('select public.get_customer_health(%L)', pg_temp.id('c2')), 409, 'consent-required', 'without the consent they had');
select public.delete_customer(pg_temp.id('c2'), 'hard', 'asked for it');
select tests.reset_role();
select is(
  (select count(*) from public.customers as c where c.id = pg_temp.id('c2')) + (select count(*) from public.customer_health_profiles)
  + (select count(*) from public.customer_consents) + (select count(*) from public.customer_blacklists), 0::bigint, 'erased is erased'
);
select is(
  (select array_agg(a.action order by a.id) from public.audit_log as a where a.entity_id = pg_temp.id('c2')::text),
  array['consent.granted', 'health.written', 'customer.deleted', 'customer.erased'], 'the audit trail stays'
);
select is((select a.justification from public.audit_log as a where a.action = 'customer.erased'), 'asked for it', 'with the reason');
select * from finish();
rollback;
