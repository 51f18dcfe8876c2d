-- Diet rules: a template for each condition with its sources, vendors' own rules, contradictions, staleness.
begin;
select plan(22);
select tests.create_member('ada', 'acme', 'vendor_admin');
create function pg_temp.limits(conditions text[], tdee numeric default 2000, kg numeric default 70, age int default 30, gender text default 'female')
returns jsonb language sql as $$
  select app.combine_diet_rules(tests.vendor_id('acme'), conditions, '{}', tdee, kg, age, gender)
$$;
select is(
  (select array_agg(c.code order by c.code) from unnest(array['hypertension', 'type_2_diabetes', 'prediabetes', 'ckd', 'hyperlipidemia', 'obesity', 'celiac', 'lactose_intolerance', 'gout', 'gerd', 'pregnancy', 'iron_deficiency']) as c (code)
   where not exists (select from public.diet_rules as r where r.condition_code = c.code and r.vendor_id is null)),
  null, 'each condition of the list has a template'
);
select is((select array_agg(r.condition_code) from public.diet_rules as r where app.diet_policy_errors(r.policy) <> '[]'), null, 'every template is sound');
select is(
  (select array_agg(r.condition_code) from public.diet_rules as r where r.condition_code <> 'general'
   and not exists (select from public.synonyms_value as s where s.domain = 'condition' and s.canonical = r.condition_code)),
  null, 'and its condition is one the dictionary knows'
);
select is((select array_agg(r.condition_code) from public.diet_rules as r, jsonb_path_query(r.policy, '$.**.nutrient') as n where n #>> '{}' <> all (app.nutrient_keys())), null, 'its nutrients too');

select is(pg_temp.limits('{ckd}') #> '{ceilings,protein_g,amount}', '56', 'an amount per kg');
select is(pg_temp.limits('{hypertension}') #> '{ceilings,sat_fat_g,amount}', '13.33', 'a share of energy, rounded once');
select is(pg_temp.limits('{obesity}') #> '{ceilings,calories,amount}', '1500', 'energy below need');
select is(pg_temp.limits('{obesity}', 1800, gender => 'male') #> '{ceilings,calories,amount}', '1500', 'but not below the guideline''s least');
select is(pg_temp.limits('{iron_deficiency}') #> '{floors,iron_mg,amount}', '18', 'an amount for women of 19 to 50');
select is(pg_temp.limits('{iron_deficiency}', age => 60) #> '{floors,iron_mg,amount}', '8', 'is not one for others');
select is(pg_temp.limits('{celiac}') #> '{hard,avoid_allergens,0,allergen}', '"gluten"', 'a hard rule');
select is(pg_temp.limits('{ckd,hyperlipidemia}') #> '{ceilings,sodium_mg,amount}', '2000', 'the strictest ceiling counts');
select is(
  (select jsonb_build_array(c -> 'nutrient', c #> '{ceiling,condition}', c #> '{floor,condition}') from jsonb_array_elements(pg_temp.limits('{ckd,hypertension}') -> 'conflicts') as c),
  '["potassium_mg", "ckd", "hypertension"]', 'a contradiction is reported'
);
select is(pg_temp.limits('{ckd,hypertension}'), pg_temp.limits('{hypertension,ckd}'), 'the order of conditions does not matter');

-- A vendor's own rule, and staleness.
select tests.act_as('ada');
select public.upsert_customers('[{"external_id": "c", "full_name": "C", "email": "c@x.org", "age": 30, "gender": "female"}]');
create temporary table ids as select c.id from public.customers as c where c.vendor_id = app.current_vendor_id();
grant all on ids to public;
select public.record_customer_consent(i.id, '{"consent_type": "health_data", "granted": true, "version": "1"}') from ids as i;
select public.put_customer_health(i.id, '{"height_cm": 170, "weight_kg": 60, "activity_level": "light", "conditions": ["hypertension"]}') from ids as i;
create temporary table rule as select public.create_diet_rule('{"condition_code": "hypertension", "policy": {"ceilings": [{"nutrient": "sodium_mg", "amount": 1200, "source": "our doctor"}]}}') as r;
grant all on rule to public;
select is((select public.get_customer_health(i.id) #> '{derived_limits,ceilings,sodium_mg}' from ids as i), '{"amount": 1200, "condition": "hypertension", "source": "our doctor"}', 'a vendor''s rule takes the place of the platform''s, at the next read');
select tests.reset_role();
select is(app.refresh_stale_limits(tests.vendor_id('acme')), 0, 'then nothing is stale');
select tests.act_as('ada');
select is((select public.update_diet_rule((r ->> 'id')::uuid, '{"policy": {"ceilings": [{"nutrient": "sodium_mg", "amount": 1000, "source": "our doctor"}]}}') ->> 'version' from rule), '2', 'a changed rule is another version');
select tests.reset_role();
select is(app.refresh_stale_limits(tests.vendor_id('acme')), 1, 'stale profiles are derived anew in batches');
select is((select h.derived_limits #> '{ceilings,sodium_mg,amount}' from public.customer_health_profiles as h), '1000', 'under the new rule');
select tests.act_as('ada');
select lives_ok((select format('select public.delete_diet_rule(%L)', r ->> 'id') from rule), 'a vendor''s rule can be deleted');
select is((select public.get_customer_health(i.id) #> '{derived_limits,ceilings,sodium_mg,amount}' from ids as i), '1500', 'and the platform''s counts again');
select tests.refuses(
  $$ select public.create_diet_rule('{"condition_code": "gout", "policy": {"ceilings": [{"nutrient": "moonstone", "amount": -1}], "moon": 1}}') $$,
  400, 'invalid-input', 'a rule that makes no sense is refused'
);
select * from finish();
rollback;
