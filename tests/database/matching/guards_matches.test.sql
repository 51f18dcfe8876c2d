-- Who may ask for matches and who for what: roles, consent, isolation; what voids the cache; lists, limits and unknown
-- allergens.
begin;
select plan(37);
select tests.create_member('adam', 'acme', 'vendor_admin');
select tests.create_member('olga', 'acme', 'vendor_operator');
select tests.create_member('vera', 'acme', 'vendor_viewer');
select tests.create_member('bert', 'beta', 'vendor_admin');
select tests.act_as('olga');
select public.upsert_products('[
  {"external_id": "water", "name": "Water", "allergens": [], "nutrition": {"calories": 0, "sodium_mg": 5, "sugar_g": 0, "sat_fat_g": 0, "caffeine_mg": 0}},
  {"external_id": "tea", "name": "Tea", "allergens": [], "nutrition": {"calories": 2, "sodium_mg": 7, "sugar_g": 0, "sat_fat_g": 0}},
  {"external_id": "bread", "name": "Bread", "allergens": ["wheat"], "nutrition": {"calories": 90, "sodium_mg": 700, "sugar_g": 1, "sat_fat_g": 0.2}},
  {"external_id": "oats", "name": "Oats", "allergens": ["gluten"], "free_from": ["wheat"]},
  {"external_id": "blank", "name": "Blank"},
  {"external_id": "free", "name": "Free of wheat", "free_from": ["wheat"]},
  {"external_id": "odd", "name": "Odd", "status": "inactive", "allergens": []}
]');
select public.upsert_customers('[{"external_id": "c", "full_name": "Cee", "email": "c@x.test", "age": 40}]');
create temporary table cee as select c.id from public.customers as c;
grant select on cee to public;
create or replace function pg_temp.shown(k int default 20) returns text language sql as $$
  select string_agg(r #>> '{product,external_id}', ' ' order by r #>> '{product,external_id}')
  from jsonb_array_elements(public.match_products((select id from cee), k) -> 'results') as r $$;
create or replace function pg_temp.cached() returns text language sql as $$
  select public.match_products((select id from cee)) ->> 'cached' $$;
create or replace function pg_temp.product(external_id text) returns uuid language sql as $$
  select p.id from public.products as p where p.external_id = product.external_id $$;
create or replace function pg_temp.profile(more jsonb) returns jsonb language sql as $$
  select public.put_customer_health((select id from cee), '{"height_cm": 170, "weight_kg": 70, "age": 40,
    "gender": "female", "activity_level": "moderate"}'::jsonb || more) $$;

-- Consent, profile, roles, isolation.
select tests.refuses($$ select public.match_products((select id from cee)) $$, 409, 'consent-required', 'no matches without consent');
select public.record_customer_consent((select id from cee), '{"consent_type": "health_data", "granted": true, "version": "1"}');
select tests.refuses($$ select public.match_products((select id from cee)) $$, 409, 'no-health-profile', 'nor without a profile');
select pg_temp.profile('{"avoid_allergens": ["wheat"]}');
select tests.refuses($$ select public.match_products(gen_random_uuid()) $$, 404, 'not-found', 'nor of nobody');
select tests.refuses($$ select public.match_products((select id from cee), 0) $$, 400, 'invalid-input', 'k is at least 1');
select tests.refuses($$ select public.match_products((select id from cee), 101) $$, 400, 'invalid-input', 'and at most 100');
select tests.act_as('vera');
select tests.refuses($$ select public.match_products((select id from cee)) $$, 403, 'insufficient-role', 'a viewer does not match');
select tests.refuses($$ select public.affected_customers(allergen => 'wheat') $$, 403, 'insufficient-role', 'nor ask for the affected');
select tests.act_as('bert');
select tests.refuses($$ select public.match_products((select id from cee)) $$, 404, 'not-found', 'another vendor has no such customer');
select tests.act_as_anon();
select tests.forbids($$ select public.match_products(gen_random_uuid()) $$, 'anon matches nothing');
select tests.act_as('olga');
select tests.forbids('select from public.matches_cache', 'the cache is closed');
select tests.forbids('select from app.product_match_facts', 'so are the facts');
select tests.forbids('select from app.delivered_matches', 'and what was delivered');
select tests.forbids($$ select app.compute_matches(app.current_vendor_id(), '{}', 1) $$, 'and the inner functions');

-- Allergens: what contains it, what may (gluten may be wheat) and what is not known.
select is(pg_temp.shown(), 'free oats tea water', 'what contains wheat or could is out; declared free from it is in');
select is(pg_temp.cached(), 'true', 'asked again it is cached');
select tests.refuses($$ select public.put_scoring_policy('{"weights": {"preference_fit": 1, "budget_fit": 1, "recency": 1}}') $$, 403, 'insufficient-role', 'operators do not set the policy');
select tests.act_as('adam');
select is(public.get_scoring_policy() -> 'vendor_id', 'null', 'the platform''s policy holds first');
select is(public.put_scoring_policy('{"weights": {"preference_fit": 1, "budget_fit": 2, "recency": 0}, "unknown_allergens": "warn"}') -> 'version', '1', 'an admin sets the vendor''s own');
select is(public.put_scoring_policy('{"weights": {"preference_fit": 1, "budget_fit": 2, "recency": 0}, "unknown_allergens": "warn"}') -> 'version', '1', 'the same again is the same version');
select is(public.put_scoring_policy('{"weights": {"preference_fit": 1, "budget_fit": 3, "recency": 0}, "unknown_allergens": "warn"}') -> 'version', '2', 'another is another');
select tests.refuses($$ select public.put_scoring_policy('{"weights": {"preference_fit": 0, "budget_fit": 0, "recency": 0}}') $$, 400, 'invalid-input', 'weights are not all 0');
select tests.refuses($$ select public.put_scoring_policy('{"weights": {"preference_fit": -1, "budget_fit": 0, "recency": 0}}') $$, 400, 'invalid-input', 'nor below');
select tests.act_as('olga');
select is(pg_temp.cached(), 'false', 'a new policy voids the cache');
select is(pg_temp.shown(), 'blank free oats tea water', 'with warn, the unknown is shown');
select is(
  (select r #> '{breakdown,unknown_allergens}' || (r #> '{reasons,0}')
   from jsonb_array_elements(public.match_products((select id from cee)) -> 'results') as r
   where r #>> '{product,external_id}' = 'blank'),
  '["wheat", "allergens are not fully known: wheat cannot be ruled out"]', 'marked, and says so first'
);
select is(public.match_products((select id from cee)) #> '{excluded,allergens}', '1', 'what contains it stays out');

-- Lists: deny removes, allow helps but opens no door.
select public.put_customer_list_entry((select id from cee), 'deny', pg_temp.product('water'));
select is(pg_temp.cached(), 'false', 'a list entry voids the cache');
select is(pg_temp.shown(), 'blank free oats tea', 'a denied product does not appear');
select public.put_customer_list_entry((select id from cee), 'allow', pg_temp.product('bread'));
select public.put_customer_list_entry((select id from cee), 'allow', pg_temp.product('tea'));
select is(pg_temp.shown(), 'blank free oats tea', 'an allowed one still obeys the hard filters');
select is(
  (select r #>> '{product,external_id}' || (r #>> '{reasons,0}') from jsonb_array_elements(public.match_products((select id from cee), 1) -> 'results') as r),
  'teais on the allow list, and passes every hard filter', 'and leads when it passes'
);

-- Limits: above is out; not stated is out where labels must state it.
select pg_temp.profile('{"avoid_allergens": [], "macro_targets": {"sodium_mg": {"max": 600}}}');
select is(pg_temp.cached(), 'false', 'a new profile voids the cache');
select is(pg_temp.shown(), 'tea', 'above the limit or without the value is out');
select pg_temp.profile('{"avoid_allergens": [], "macro_targets": {"caffeine_mg": {"max": 10}}}');
select is(pg_temp.shown(), 'blank bread free oats tea', 'a nutrient that labels need not state may be missing');

-- Recalls.
select pg_temp.profile('{"avoid_allergens": ["gluten"]}');
select is(public.affected_customers(product_id => pg_temp.product('oats')) #> '{data,0,allergens}', '["gluten"]', 'who had it and now avoids it is found');
select is(public.affected_customers(product_id => pg_temp.product('tea'), allergen => 'wheat') #>> '{data,0,customer_id}', (select id::text from cee), 'a recall names the allergen: gluten covers wheat');
select is(public.affected_customers(product_id => pg_temp.product('tea')) -> 'data', '[]', 'a safe product affects nobody');

-- Withdrawn consent.
select public.record_customer_consent((select id from cee), '{"consent_type": "health_data", "granted": false, "version": "1"}');
select tests.refuses($$ select public.match_products((select id from cee)) $$, 409, 'consent-required', 'a withdrawn consent ends it');

select * from finish();
rollback;
