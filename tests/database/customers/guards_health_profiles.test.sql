-- Health profiles: the whole answer, consent, roles, vendors, the audit trail, no grant, no implausible value.
begin;
select plan(39);
select tests.create_member('olga', 'acme', 'vendor_operator');
select tests.create_member('vera', 'acme', 'vendor_viewer');
select tests.create_member('stan', 'other', 'vendor_admin');
select tests.act_as('olga');
select public.upsert_customers('[
  {"external_id": "c1", "full_name": "Ada", "email": "ada@x.org", "gender": "female"},
  {"external_id": "c2", "full_name": "Bob", "email": "bob@x.org", "dob": "1990-06-15", "gender": "male"}
]');
create temporary table ids as
select c.external_id, c.id from public.customers as c where c.vendor_id = app.current_vendor_id();
create function pg_temp.id(external_id text) returns uuid language sql as $$ select i.id from ids as i where i.external_id = $1 $$;
create function pg_temp.consent(external_id text, granted boolean) returns jsonb language sql as $$
  select public.record_customer_consent(pg_temp.id($1), jsonb_build_object('consent_type', 'health_data', 'granted', $2, 'version', 'v1'))
$$;
create function pg_temp.faults(profile jsonb) returns text[] language sql as $$
  select array_agg(e ->> 'pointer' || ' ' || (e ->> 'code') order by e ->> 'pointer')
  from jsonb_array_elements(tests.problem_of(format('select public.put_customer_health(%L, %L)', pg_temp.id('c1'), $1)) -> 'errors') as e
$$;
grant all on ids to public;

-- Consent.
select tests.refuses(format('select public.put_customer_health(%L, %L)', pg_temp.id('c1'), '{}'), 409, 'consent-required', 'no consent, no writing');
select tests.refuses(format('select public.get_customer_health(%L)', pg_temp.id('c1')), 409, 'consent-required', 'and no reading');
select is(pg_temp.consent('c1', true) - array['id', 'timestamp', 'customer_id', 'recorded_by'], '{"consent_type": "health_data", "granted": true, "version": "v1", "note": null}', 'a consent is recorded');
select tests.refuses(format('select public.get_customer_health(%L)', pg_temp.id('c1')), 404, 'not-found', 'no profile yet');

-- The whole answer. 10 * 80 + 6.25 * 180 - 5 * 40 - 161 = 1564; * 1.55 = 2424.2; BMI 80 / 1.8^2 = 24.691...
select is(
  public.put_customer_health(pg_temp.id('c1'), '{
    "height_cm": {"value": 180, "unit": "cm"}, "weight_kg": 80, "age": 40, "activity_level": "moderately active",
    "conditions": ["High blood pressure", "type 2 diabetes"], "diet_goals": ["Vegan", "marathon"],
    "avoid_allergens": ["Peanut", "milk"], "macro_targets": {"protein_g": 120, "sugar_g": {"max": 40}}
  }') - array['customer_id', 'derived_limits', 'created_at', 'updated_at', 'updated_by', 'warnings'],
  '{"height_cm": 180.00, "weight_kg": 80.00, "age": 40, "gender": "female", "activity_level": "moderate",
    "conditions": ["hypertension", "type_2_diabetes"], "diet_goals": ["marathon", "vegan"],
    "avoid_allergens": ["milk", "peanuts"], "macro_targets": {"protein_g": {"target": 120}, "sugar_g": {"max": 40}},
    "bmi": 24.69, "bmr": 1564.00, "tdee_cached": 2424.20}'::jsonb,
  'inputs in their normal forms, numbers derived'
);
create temporary table first as select public.get_customer_health(pg_temp.id('c1')) as profile;
select is(
  (select jsonb_object_agg(l.key, jsonb_build_array(l.value -> 'amount', l.value -> 'condition')) from first as f, jsonb_each(f.profile #> '{derived_limits,ceilings}') as l),
  '{"sodium_mg": [1500, "hypertension"], "sat_fat_g": [16.16, "hypertension"], "added_sugar_g": [30.3, "type_2_diabetes"],
    "sugar_g": [40, "customer"], "calories": [2424.2, "general"]}'::jsonb,
  'several conditions combine to the strictest ceiling'
);
select is(
  (select jsonb_object_agg(l.key, jsonb_build_array(l.value -> 'amount', l.value -> 'condition')) from first as f, jsonb_each(f.profile #> '{derived_limits,floors}') as l),
  '{"fiber_g": [33.94, "type_2_diabetes"], "potassium_mg": [3500, "hypertension"]}'::jsonb, 'and the highest floor'
);
select ok((select bool_and(l.value ->> 'source' <> '') from first as f, jsonb_each(f.profile #> '{derived_limits,ceilings}') as l), 'each with its source');
select is((select f.profile #> '{derived_limits,bonuses,fiber_g,condition}' from first as f), '"type_2_diabetes"', 'fibre is a bonus for diabetes');
select is((select (f.profile #> '{derived_limits,hard,max_per_serving,0}') - 'source' from first as f), '{"nutrient": "sugar_g", "amount": 40, "condition": "customer"}', 'an own maximum bounds a serving');
select is((select f.profile -> 'warnings' from first as f), '[]', 'nothing to warn of');
select is(
  public.put_customer_health(pg_temp.id('c1'), (select f.profile - array['customer_id', 'bmi', 'bmr', 'tdee_cached', 'derived_limits', 'warnings', 'created_at', 'updated_at', 'updated_by'] from first as f)),
  (select f.profile from first as f), 'the same inputs again leave the profile alone'
);

-- dob beats age.
select is((pg_temp.consent('c2', true) ->> 'granted'), 'true', 'consent for the other');
select is(
  (select jsonb_build_array(p -> 'age', p -> 'gender', p #> '{warnings,0,code}') from public.put_customer_health(pg_temp.id('c2'), '{"height": "5''11\"", "weight": "180 lb", "age": 99, "activity_level": "light"}') as p),
  jsonb_build_array(app.age_on('1990-06-15'), 'male', 'age_ignored'), 'dob beats age, and says so'
);

-- What cannot be.
select is(
  pg_temp.faults('{"height_cm": 18, "weight_kg": 1000, "age": -1, "gender": "moon", "activity_level": "lazy", "bmi": 3, "foo": 1, "conditions": ["moonstone"], "avoid_allergens": ["moonstone"], "macro_targets": {"moonstone": 1, "fat_g": {"min": 2, "max": 1}}}'),
  array['/activity_level unknown_activity', '/age out_of_range', '/avoid_allergens/0 unknown_allergen', '/bmi read_only', '/conditions/0 unknown_condition', '/foo unknown_field', '/gender unknown_gender', '/height_cm out_of_range', '/macro_targets/fat_g out_of_range', '/macro_targets/moonstone unknown_nutrient', '/weight_kg out_of_range'],
  'each fault has its place'
);
select is(pg_temp.faults('{}'), array['/activity_level required', '/age required', '/height_cm required', '/weight_kg required'], 'what is needed is named');
select is(pg_temp.faults('{"height_cm": 200, "weight_kg": 10, "age": 30, "activity_level": "light"}'), array['/weight_kg out_of_range'], 'impossible together');
select matches(
  tests.problem_of(format('select public.put_customer_health(%L, %L)', pg_temp.id('c1'), '{"height_cm": 18, "weight_kg": 80, "age": 40, "activity_level": "light"}')) ->> 'detail',
  'accepted: 50 to 272 cm', 'a refusal names the accepted range'
);
select unalike(
  tests.problem_of(format('select public.put_customer_health(%L, %L)', pg_temp.id('c1'), '{"height_cm": 18.125, "weight_kg": 80, "age": 40, "activity_level": "light", "conditions": ["moonstone"]}'))::text,
  '%moonstone%', 'and never a value: messages pass through logs'
);

-- Roles and vendors.
select tests.act_as('vera');
select tests.refuses(format('select public.get_customer_health(%L)', pg_temp.id('c1')), 403, 'insufficient-role', 'a viewer cannot read');
select tests.refuses(format('select public.put_customer_health(%L, %L)', pg_temp.id('c1'), '{}'), 403, 'insufficient-role', 'nor write');
select tests.refuses(format('select public.record_customer_consent(%L, %L)', pg_temp.id('c1'), '{}'), 403, 'insufficient-role', 'nor record a consent');
select is(jsonb_array_length(public.list_customer_consents(pg_temp.id('c1')) -> 'data'), 1, 'but may see consents');
select tests.act_as('stan');
select tests.refuses(format('select public.get_customer_health(%L)', pg_temp.id('c1')), 404, 'not-found', 'another vendor''s is not there');
select tests.refuses(format('select public.put_customer_health(%L, %L)', pg_temp.id('c1'), '{}'), 404, 'not-found', 'to write neither');
select tests.refuses(format('select public.list_customer_consents(%L)', pg_temp.id('c1')), 404, 'not-found', 'nor its consents');
select tests.forbids(format('select * from public.%I', t), format('%s has no grant', t))
from unnest(array['customer_health_profiles', 'customer_consents', 'customer_whitelists', 'customer_blacklists', 'stg_customers']) as t;
select tests.act_as_service();
select tests.forbids('select * from public.customer_health_profiles', 'not even for the service key');

-- Withdrawal.
select tests.act_as('olga');
select is(pg_temp.consent('c1', false) ->> 'granted', 'false', 'a consent is withdrawn');
select tests.refuses(format('select public.get_customer_health(%L)', pg_temp.id('c1')), 409, 'consent-required', 'and nothing is read any more');
select is((select jsonb_agg(c -> 'granted') from jsonb_array_elements(public.list_customer_consents(pg_temp.id('c1')) -> 'data') as c), '[false, true]', 'the history keeps both');

-- The audit trail.
select tests.reset_role();
select is(
  (select array_agg(a.action order by a.id) from public.audit_log as a where a.entity_id = pg_temp.id('c1')::text),
  array['consent.granted', 'health.written', 'health.read', 'health.written', 'consent.withdrawn'], 'each access stands in the audit log'
);
select is(
  (select a.after -> 'changed' @> '["conditions", "height_cm"]' from public.audit_log as a where a.entity_id = pg_temp.id('c1')::text and a.action = 'health.written' order by a.id limit 1),
  true, 'with the names of what changed'
);
select is((select count(*) from public.audit_log as a where a.entity_id = pg_temp.id('c1')::text and (a.actor_user_id <> tests.user_id('olga') or concat(a.before, a.after) ~ 'hypertension|180')), 0::bigint, 'who, and no values');
select tests.act_as('olga');
select pg_temp.consent('c1', true);
select public.get_customer_health(pg_temp.id('c1'), 'support call 4711');
select tests.reset_role();
select is((select a.justification from public.audit_log as a where a.action = 'health.read' order by a.id desc limit 1), 'support call 4711', 'and why, when told');
select * from finish();
rollback;
