-- Customers $3 to $4 of vendor $2 in batch $1: 26 first names, some common, and 1,800 last names.
insert into public.stg_customers (
  batch_id, row_no, vendor_id, present, external_id, full_name, email, age, gender, custom_tags
)
select
  $1::uuid, s.g, $2::uuid, array['external_id', 'full_name', 'email', 'age', 'gender', 'custom_tags'], 'c' || s.g,
  (
    array[
      'Anna', 'Ben', 'Carla', 'David', 'Emma', 'Felix', 'Grace', 'Hugo', 'Ida', 'Jonas', 'Karim', 'Lena', 'Maria',
      'Nora', 'Omar', 'Paul', 'Quinn', 'Rosa', 'Sofia', 'Tom', 'Uma', 'Viktor', 'Wen', 'Xena', 'Yusuf', 'Zoe'
    ]
  )[1 + floor(s.r1 * s.r2 * 26)::int] || ' ' || initcap(
    (array['mu', 'ga', 'sto', 'ber', 'ha', 'ri', 'lo', 'ne', 'ka', 'ti', 'so', 'va', 'mi', 'fe', 'du'])[1 + floor(s.r3 * 15)::int]
    || (
      array[
        'ller', 'rcia', 'ne', 'nsen', 'rris', 'vera', 'rez', 'ski', 'mann', 'tov', 'nelli', 'ssan', 'yama', 'berg', 'ford'
      ]
    )[1 + floor(s.r4 * 15)::int]
    || (array['', 'a', 'o', 'er', 's', 'son', 'ez', 'i'])[1 + floor(s.r5 * 8)::int]
  ),
  'c' || s.g || '@example.com', (20 + floor(s.r3 * 60))::int::text,
  (array['male', 'female', 'f', 'm'])[1 + floor(s.r4 * 4)::int], case when s.r5 < 0.1 then '{vip}'::text[] end
from (
  select g, random() as r1, random() as r2, random() as r3, random() as r4, random() as r5
  from generate_series($3::bigint, $4::bigint) as g
) as s
