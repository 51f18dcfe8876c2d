-- An erased customer is erased wherever something is kept about customers. A new table with a customer_id must appear
-- here, with a row of the customer, before this passes again.
begin;
select plan(5);
select tests.create_member('olga', 'acme', 'vendor_operator');
select tests.act_as('olga');
select public.upsert_products('[{"external_id": "p", "name": "P", "allergens": []}, {"external_id": "q", "name": "Q", "allergens": []}]');
select public.upsert_customers('[{"external_id": "gone", "full_name": "G", "email": "g@x.test"}, {"external_id": "stays", "full_name": "S", "email": "s@x.test"}]');
create temporary table who as select c.id, c.external_id from public.customers as c;
grant select on who to public;
select public.record_customer_consent(w.id, '{"consent_type": "health_data", "granted": true, "version": "1"}') from who as w;
select public.put_customer_health(w.id, '{"height_cm": 170, "weight_kg": 70, "age": 40, "activity_level": "light", "avoid_allergens": ["milk"]}')
from who as w;
select public.put_customer_list_entry(w.id, l.list, p.id)
from who as w, public.products as p inner join (values ('p', 'allow'), ('q', 'deny')) as l (product, list) on l.product = p.external_id;
select public.match_products(w.id) from who as w;
select tests.reset_role();

create temporary table kept as
select c.oid::regclass::text as place
from pg_attribute as a
inner join pg_class as c on c.oid = a.attrelid and c.relkind in ('r', 'p') and not c.relispartition
where a.attname = 'customer_id' and not a.attisdropped and c.relnamespace in ('public'::regnamespace, 'app'::regnamespace);
create function pg_temp.rows_of(external_id text) returns jsonb language plpgsql as $$
declare
  v_place text;
  v_count bigint;
  v_counts jsonb := '{}';
begin
  for v_place in select k.place from kept as k loop
    execute format('select count(*) from %s where customer_id = (select id from who where external_id = %L)', v_place, external_id)
    into v_count;
    v_counts := v_counts || jsonb_build_object(v_place, v_count);
  end loop;
  return v_counts;
end $$;
select is(pg_temp.rows_of('gone'), '{"customer_consents": 1, "customer_health_profiles": 1, "customer_whitelists": 1,
  "customer_blacklists": 1, "matches_cache": 1, "app.delivered_matches": 1, "app.customer_avoidances": 1}', 'everything that is kept has a row');
create temporary table before as select pg_temp.rows_of('stays') as counts;
select tests.act_as('olga');
select public.delete_customer(w.id, 'hard') from who as w where w.external_id = 'gone';
select tests.reset_role();
select is((select sum(c.value::int) from jsonb_each_text(pg_temp.rows_of('gone')) as c), 0::bigint, 'and none after the customer is erased');
select is(pg_temp.rows_of('stays'), (select counts from before), 'the other customer keeps all');
select is((select count(*) from public.customers as c where c.external_id = 'gone'), 0::bigint, 'the row itself is gone');
select ok(
  (select count(*) > 3 and bool_and(a.before is null and coalesce(a.after::text, '') !~ 'g@x|milk')
   from public.audit_log as a where a.entity_id = (select id::text from who where external_id = 'gone')),
  'the audit trail stays, and says nothing of values'
);
select * from finish();
rollback;
