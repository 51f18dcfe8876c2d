-- BMI, BMR and TDEE against published worked examples, and rounding: once, at the end, half up.
begin;
select plan(22);

-- BMR by Mifflin-St Jeor. Sources of the examples:
--   the equation itself (Mifflin et al., Am J Clin Nutr 1990;51:241-7): men 10 w + 6.25 h - 5 a + 5, women ... - 161
--   calculator.net, BMR calculator: male, 25 years, 180 cm, 65 kg gives 1,655
--   Wikipedia, Basal metabolic rate: woman, 55 years, 59 kg, 168 cm gives 1,204
select is(n.bmr, c.bmr, format('bmr of %s, %s years, %s cm, %s kg', c.gender, c.age, c.cm, c.kg))
from (values
  ('male', 25, 180::numeric, 65::numeric, 1655::numeric),
  ('female', 25, 180, 65, 1489),
  ('other', 25, 180, 65, 1572),
  ('unspecified', 25, 180, 65, 1572),
  ('male', 30, 175, 70, 1648.75),
  ('female', 30, 165, 60, 1320.25),
  ('female', 55, 168, 59, 1204)
) as c (gender, age, cm, kg, bmr)
cross join lateral app.health_numbers(c.cm, c.kg, c.age, c.gender, 'sedentary') as n;

-- BMI. CDC, How is BMI calculated: 150 lb and 65 in give 24.96; 68 kg and 165 cm give 24.98.
select is(round(n.bmi, 2), c.bmi, format('bmi of %s, %s', c.height, c.weight))
from (values
  ('{"value": 65, "unit": "in"}'::jsonb, '{"value": 150, "unit": "lb"}'::jsonb, 24.96),
  ('165', '68', 24.98),
  ('"5''11\""', '"180 lb"', 25.10)
) as c (height, weight, bmi)
cross join lateral app.health_numbers(
  app.read_measure(c.height, 'cm'), app.read_measure(c.weight, 'kg'), 30, 'male', 'sedentary'
) as n;

-- TDEE: BMR 1655 by each factor.
select is(n.tdee, c.tdee, format('tdee, %s', c.activity))
from (values
  ('sedentary', 1986.0), ('light', 2275.625), ('moderate', 2565.25), ('very', 2854.875), ('extra', 3144.5)
) as c (activity, tdee)
cross join lateral app.health_numbers(180, 65, 25, 'male', c.activity) as n;
select is(2275.625::numeric(8, 2), 2275.63, 'a half is rounded up');

select is(app.read_measure(c.given, c.unit), c.measure, format('%s is %s %s', c.given, c.measure, c.unit))
from (values
  ('"5''11\""'::jsonb, 'cm', 180.34), ('"71 in"', 'cm', 180.34), ('"11 st 4 lb"', 'kg', 71.66759446),
  ('{"value": 1.8, "unit": "m"}', 'cm', 180), ('"tall"', 'cm', null)
) as c (given, unit, measure);
select is(app.age_on(c.dob, c.day), c.age, format('born %s, on %s', c.dob, c.day))
from (values ('2000-02-29'::date, '2026-02-28'::date, 25)) as c (dob, day, age);
select * from finish();
rollback;
