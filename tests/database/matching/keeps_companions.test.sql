-- The companions that matching reads instead of products and profiles say the same as these, whoever wrote last:
-- computed anew for every row they do not change.
begin;
select plan(21);
select tests.create_member('olga', 'acme', 'vendor_operator');
select tests.create_member('adam', 'acme', 'vendor_admin');
create function pg_temp.product(external_id text) returns uuid language sql as $$
  select extensions.uuid_generate_v5(tests.vendor_id('acme'), external_id) $$;
grant execute on function pg_temp.product to public;

-- Whether the facts are those of a recomputation, row by row, and whether there is one for each product that is shown.
create function pg_temp.facts_hold() returns boolean language plpgsql as $$
declare
  v_kept jsonb;
begin
  select jsonb_agg(to_jsonb(f) - 'written_by' order by f.product_id) into v_kept from app.product_match_facts as f;
  delete from app.product_match_facts;
  perform app.rebuild_match_facts(tests.vendor_id('acme'));
  return v_kept = (select jsonb_agg(to_jsonb(f) - 'written_by' order by f.product_id) from app.product_match_facts as f)
    and (select array_agg(f.product_id order by f.product_id) from app.product_match_facts as f)
      = (select array_agg(p.id order by p.id) from public.products as p where p.status = 'active' and p.soft_deleted_at is null);
end $$;
create function pg_temp.fact(external_id text) returns jsonb language sql as $$
  select to_jsonb(f) from app.product_match_facts as f where f.product_id = pg_temp.product(external_id) $$;

select tests.act_as('olga');
select public.upsert_products((
  select jsonb_agg(jsonb_build_object(
    'external_id', 'p' || g, 'name', 'P' || g, 'status', case when g % 11 = 0 then 'inactive' else 'active' end,
    'nutrition_basis', case when g % 3 = 0 then '100g' else 'serving' end,
    'serving_size', case when g % 2 = 0 then g * 5 || ' g' end,
    'nutrition', case when g % 7 > 0 then jsonb_build_object('calories', g * 9, 'sodium_mg', g % 13 * 40, 'sugar_g', g % 9,
      'sat_fat_g', g % 5, 'fiber_g', g % 6, 'iron_mg', g % 4) end,
    'allergens', case g % 5 when 0 then null when 1 then '[]' when 2 then '["milk"]' when 3 then '["gluten"]' else '["wheat", "eggs"]' end::jsonb,
    'may_contain', case when g % 4 = 0 then '["peanuts"]' end::jsonb, 'free_from', case when g % 6 = 0 then '["wheat"]' end::jsonb,
    'dietary_tags', case when g % 3 = 1 then '["vegan"]' else '[]' end::jsonb))
  from generate_series(1, 60) as g
));
select tests.reset_role();
select ok((select count(*) from app.product_match_facts) = 55, 'a row for each product that is shown');
select ok(pg_temp.facts_hold(), 'after inserts the facts hold');
select tests.act_as('olga');
select public.upsert_products('[{"external_id": "p1", "nutrition": {"calories": 1}}, {"external_id": "p2", "allergens": ["fish"]},
  {"external_id": "p11", "status": "active"}, {"external_id": "new", "name": "New"}]');
select public.patch_product(pg_temp.product('p3'), '{"may_contain": ["milk"], "dietary_tags": ["vegan"]}');
select public.patch_product(pg_temp.product('p4'), '{"status": "inactive"}');
select public.delete_product(pg_temp.product('p5'));
select tests.reset_role();
select is(pg_temp.fact('p4'), null, 'what is inactive has no facts');
select is(pg_temp.fact('p5'), null, 'nor what is deleted');
select ok(pg_temp.facts_hold(), 'after updates, patches and deletions they hold');
select tests.act_as('olga');
select public.upsert_products('[{"external_id": "p5", "name": "P5 is back", "allergens": ["milk"]}]');
select tests.reset_role();
select ok(pg_temp.fact('p5') is not null and pg_temp.facts_hold(), 'what comes back has facts again');
create temporary table milk as select (pg_temp.fact('p5') ->> 'unsafe')::bigint as mask;

-- The tree of allergens changes: what milk stands under now concerns products with milk.
insert into public.tax_allergens (vendor_id, code, label) values (tests.vendor_id('acme'), 'animal_milk', 'Animal milk');
select tests.act_as('olga');
select public.upsert_products('[{"external_id": "animal", "name": "Animal", "allergens": ["animal_milk"]}]');
select tests.reset_role();
insert into public.tax_allergens (vendor_id, code, label, parent_id)
select tests.vendor_id('acme'), 'goat_milk', 'Goat milk', a.id from public.tax_allergens as a where a.code = 'animal_milk';
select tests.act_as('olga');
select public.upsert_products('[{"external_id": "goat", "name": "Goat", "allergens": ["goat_milk"]}]');
select tests.reset_role();
select ok(pg_temp.facts_hold(), 'after new terms they hold');
create temporary table goat as select (pg_temp.fact('goat') ->> 'unsafe')::bigint as mask;
update public.tax_allergens set parent_id = null where code = 'goat_milk';
select ok((pg_temp.fact('goat') ->> 'unsafe')::bigint <> (select mask from goat), 'a term that moves changes its products');
select ok(pg_temp.facts_hold(), 'and they hold');
select ok((select mask from milk) = (pg_temp.fact('p5') ->> 'unsafe')::bigint, 'bits stay what they were');

-- A vendor's own gluten, by whatever name, stays what wheat stands below.
insert into public.tax_allergens (vendor_id, code, label) values (tests.vendor_id('acme'), 'gluten', 'Cereals');
insert into public.tax_allergens (vendor_id, code, label) values (tests.vendor_id('acme'), 'wheat', 'Wheat flour');
select ok(pg_temp.facts_hold(), 'with terms in the place of the platform''s they hold');
select ok(
  (select (pg_temp.fact('p9') ->> 'unsafe')::bigint & t.self <> 0 from app.match_terms(tests.vendor_id('acme'), 'allergen') as t where t.code = 'gluten'),
  'and who avoids gluten is not shown wheat'
);
delete from public.tax_allergens where vendor_id = tests.vendor_id('acme') and code in ('gluten', 'wheat');
select ok(pg_temp.facts_hold(), 'and when they are gone again');

-- Goals are met by what stands below them, the vendor's own tags too.
insert into public.tax_tags (vendor_id, code, label, parent_id)
select tests.vendor_id('acme'), 'raw_vegan', 'Raw vegan', t.id from public.tax_tags as t where t.code = 'vegan' and t.vendor_id is null;
create temporary table goals as
select g.* from app.match_goals(tests.vendor_id('acme'), '{"diet_goals": ["vegan", "lose_weight", "raw_vegan"]}') as g;
select is((select jsonb_object_agg(g.code, g.below) from goals as g), '{"raw_vegan": ["raw_vegan"], "vegan": ["raw_vegan", "vegan"]}', 'a goal with the tags that meet it; what is no tag is no goal');
select is(
  (select jsonb_object_agg(g.code, g.self) from goals as g),
  (select jsonb_object_agg(t.code, t.self) from app.match_terms(tests.vendor_id('acme'), 'tag') as t where t.code in ('vegan', 'raw_vegan')),
  'with the masks that the facts are written by'
);

-- What customers avoid.
create function pg_temp.avoidances() returns jsonb language sql as $$
  select jsonb_object_agg(c.external_id, to_jsonb(a.codes))
  from app.customer_avoidances as a inner join public.customers as c on c.id = a.customer_id $$;
create function pg_temp.health(external_id text, more jsonb) returns void language sql as $$
  select public.put_customer_health(c.id, '{"height_cm": 170, "weight_kg": 70, "age": 40, "activity_level": "light"}'::jsonb || more)
  from public.customers as c where c.external_id = health.external_id $$;
grant execute on function pg_temp.health to public;
select tests.act_as('olga');
select public.upsert_customers('[{"external_id": "a", "full_name": "A", "email": "a@x.test"}, {"external_id": "b", "full_name": "B", "email": "b@x.test"}]');
select public.record_customer_consent(c.id, '{"consent_type": "health_data", "granted": true, "version": "1"}') from public.customers as c;
select pg_temp.health('a', '{"avoid_allergens": ["peanuts", "eggs"], "conditions": ["celiac", "lactose_intolerance"]}');
select pg_temp.health('b', '{}');
select tests.reset_role();
select is(pg_temp.avoidances(), '{"a": ["eggs", "gluten", "milk", "peanuts"]}', 'the own list and the rules'' are noted; who avoids nothing is not');
select tests.act_as('olga');
select pg_temp.health('a', '{"conditions": ["celiac"]}');
select pg_temp.health('b', '{"avoid_allergens": ["fish"]}');
select tests.reset_role();
select is(pg_temp.avoidances(), '{"a": ["gluten"], "b": ["fish"]}', 'a profile that changes changes them');
select tests.act_as('adam');
select public.create_diet_rule('{"condition_code": "celiac", "policy": {"hard": {"avoid_allergens": [{"allergen": "gluten", "source": "s"}, {"allergen": "mustard", "source": "s"}]}}}');
select tests.reset_role();
select is(app.refresh_stale_limits(tests.vendor_id('acme')), 1, 'a rule that changes makes profiles stale');
select is(pg_temp.avoidances(), '{"a": ["gluten", "mustard"], "b": ["fish"]}', 'and counts once they are derived anew');
select tests.act_as('olga');
select pg_temp.health('b', '{"avoid_allergens": []}');
select public.delete_customer(c.id, 'hard') from public.customers as c where c.external_id = 'a';
select tests.reset_role();
select is(pg_temp.avoidances(), null, 'nothing avoided, nobody there: nothing noted');
select tests.act_as('olga');
select tests.forbids('select from app.customer_avoidances', 'no role reads them');

select * from finish();
rollback;
