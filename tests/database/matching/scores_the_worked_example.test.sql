-- The worked example of docs/matching.md, to the last digit.
begin;
select plan(12);
select tests.create_member('olga', 'acme', 'vendor_operator');
select tests.act_as('olga');
select public.upsert_products('[
  {"external_id": "apple", "name": "Apple", "allergens": [], "dietary_tags": ["vegan"],
   "nutrition": {"calories": 80, "sodium_mg": 1, "added_sugar_g": 0, "sat_fat_g": 0.1, "fiber_g": 4}},
  {"external_id": "soup", "name": "Soup", "allergens": [], "may_contain": ["celery"],
   "nutrition": {"calories": 90, "sodium_mg": 570, "sugar_g": 3, "sat_fat_g": 1, "fiber_g": 2}},
  {"external_id": "cheese", "name": "Cheese", "allergens": ["milk"], "nutrition": {"calories": 110}},
  {"external_id": "mystery", "name": "Mystery"}
]');
select tests.reset_role();
-- The soup is 90 days older than the newest change.
update public.products set updated_at = '2026-06-30T00:00:00Z';
update public.products set updated_at = '2026-04-01T00:00:00Z' where external_id = 'soup';
select tests.act_as('olga');
select public.upsert_customers('[{"external_id": "c", "full_name": "Cee", "email": "c@x.test", "age": 40, "gender": "female"}]');
create temporary table cee as select c.id from public.customers as c;
grant select on cee to public;
select public.record_customer_consent((select id from cee), '{"consent_type": "health_data", "granted": true, "version": "1"}');
select public.put_customer_health((select id from cee), '{
  "height_cm": 170, "weight_kg": 70, "age": 40, "gender": "female", "activity_level": "moderate",
  "conditions": ["hypertension", "type_2_diabetes"], "diet_goals": ["vegan"], "avoid_allergens": ["milk"]}');
create temporary table answer as select public.match_products((select id from cee), 10) as a;

select is((select jsonb_agg(r #> '{product,external_id}') from answer, jsonb_array_elements(a -> 'results') as r), '["apple", "soup"]', 'two products pass, the better first');
select is((select a #>> '{results,0,score}' from answer), '0.96653', 'the apple scores 0.966530');
select is((select a #>> '{results,0,breakdown,budget_fit,value}' from answer), '0.944217', 'its budget_fit is 0.944217');
select is((select a #>> '{results,1,score}' from answer), '0.425581', 'the soup scores 0.425581');
select is((select a #> '{results,1,breakdown,recency}' from answer), '{"value": 0.5, "weight": 0.1, "points": 0.05}', 'half of its recency is left after 90 days');
select is((select a #>> '{results,1,breakdown,budget_fit,value}' from answer), '0.625968', 'its budget_fit is 0.625968');
select is((select a #> '{results,1,reasons}' from answer), '[
  "meets 0 of 1 goals",
  "uses 38 % of the daily sodium budget (1,500 mg, hypertension)",
  "uses 11 % of the daily added sugar budget (27.15 g, type 2 diabetes)",
  "uses 7 % of the daily saturated fat budget (14.48 g, hypertension)",
  "gives 7 % of the daily fiber goal (30.41 g, type 2 diabetes)"]', 'and says why');
select is((select a -> 'excluded' from answer),
  '{"allergens": 1, "unknown_allergens": 1, "diet_rules": 0, "nutrient_limits": 0, "deny_list": 0}', 'what was excluded is counted');
select is((select a -> 'cached' from answer), 'false', 'it was computed');
select is((select public.match_products((select id from cee), 1) -> 'results' from answer), (select jsonb_build_array(a #> '{results,0}') from answer), 'fewer come from the cache');
select is((select public.match_products((select id from cee), 10) - 'cached' from answer), (select a - 'cached' from answer), 'the same again is the same, to the byte');
select tests.reset_role();
select is((select count(*) from public.audit_log where action = 'match.read' and entity_id = (select id::text from cee)), 3::bigint, 'each access is audited');

select * from finish();
rollback;
