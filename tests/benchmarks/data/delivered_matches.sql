-- The profiles of a few customers for all the others, set-based, and five products each had in a match: popular ones
-- more often, none that the customer avoids. The vendor is in bench.vendor.
create temporary table template on commit drop as
select row_number() over (order by h.customer_id) - 1 as place, count(*) over () as places, h.*
from public.customer_health_profiles as h
where h.vendor_id = current_setting('bench.vendor')::uuid;

insert into public.customer_health_profiles (
  vendor_id, customer_id, height_cm, weight_kg, exact_height_cm, exact_weight_kg, age, gender, activity_level,
  conditions, diet_goals, macro_targets, avoid_allergens, bmi, bmr, tdee_cached, derived_limits, rules_version
)
select
  c.vendor_id, c.id, t.height_cm, t.weight_kg, t.exact_height_cm, t.exact_weight_kg, t.age, t.gender, t.activity_level,
  t.conditions, t.diet_goals, t.macro_targets, t.avoid_allergens, t.bmi, t.bmr, t.tdee_cached, t.derived_limits,
  t.rules_version
from public.customers as c
inner join template as t on t.place = (hashtext(c.external_id) & 2147483647) % t.places
where c.vendor_id = current_setting('bench.vendor')::uuid and c.external_id ~ '^c';

create temporary table popular on commit drop as
select row_number() over (order by hashtext(f.product_id::text)) - 1 as place, f.product_id, f.unsafe
from app.product_match_facts as f
where f.vendor_id = current_setting('bench.vendor')::uuid and f.unproven = 0
limit 20000;
create index on popular (place);
create temporary table mask on commit drop as
select a.codes, bit_or(t.self) as mask
from (select distinct a.codes from app.customer_avoidances as a) as a
inner join app.match_terms(current_setting('bench.vendor')::uuid, 'allergen') as t on t.code = any (a.codes)
group by a.codes;
analyze popular, mask;

insert into app.delivered_matches (vendor_id, product_id, customer_id, last_at)
select distinct h.vendor_id, p.product_id, h.customer_id, now()
from public.customer_health_profiles as h
left join app.customer_avoidances as a on a.vendor_id = h.vendor_id and a.customer_id = h.customer_id
left join mask as m on m.codes = a.codes
cross join generate_series(1, 5) as g
inner join popular as p on p.place = floor(
  20000 * power((hashtextextended(h.customer_id::text, g) & 2147483647) / 2147483648.0, 3)
)::int
where h.vendor_id = current_setting('bench.vendor')::uuid and p.unsafe & coalesce(m.mask, 0) = 0;
