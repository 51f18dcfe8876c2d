-- Products of 24 kinds, like a supermarket's: lognormal amounts, gaps, allergens known, unknown and possible, tags.
insert into public.products (vendor_id, id, external_id, name, brand, created_at, updated_at, search_tsv, nutrition, nutrition_basis, serving_size, price, dietary_tags, allergens, may_contain, free_from)
with kind (no, kind, kcal, protein, carbs, fat, sat, sugar, added, fiber, sodium, potassium, chol, phos, iron, allergens, traces, tags) as (values
 (0,'water',0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,5.0,2.0,0.0,0.0,0.0,'{}'::text[],'{}'::text[],'{vegan,gluten_free}'::text[]),
 (1,'soda',140,0,37,0,0,36,36,0,40,5,0,20,0,'{}','{}','{vegan,gluten_free}'),
 (2,'juice',110,1,26,0.2,0,22,6,0.5,10,300,0,30,0.3,'{}','{}','{vegan,gluten_free}'),
 (3,'yogurt',120,9,15,3,2,13,8,0.3,60,220,10,180,0.1,'{milk}','{tree_nuts,soybeans}','{vegetarian,gluten_free}'),
 (4,'cheese',110,7,1,9,5.5,0.3,0,0,200,30,28,140,0.1,'{milk}','{}','{vegetarian,keto,gluten_free}'),
 (5,'bread',90,3.5,17,1.2,0.3,2,1.5,1.8,160,60,0,40,1.1,'{gluten,wheat}','{soybeans,sesame,milk}','{vegan}'),
 (6,'pasta',200,7,41,1,0.2,2,0,2.5,5,110,0,90,1.8,'{gluten,wheat}','{eggs}','{vegan}'),
 (7,'cereal',150,3,31,2,0.4,11,10,3,190,100,0,80,8,'{gluten,wheat}','{milk,tree_nuts,peanuts}','{vegetarian}'),
 (8,'cookie',160,2,22,8,3.5,12,11,0.8,110,50,6,30,0.8,'{gluten,wheat,eggs,milk}','{tree_nuts,peanuts,soybeans}','{vegetarian}'),
 (9,'chocolate',210,3,22,13,8,18,17,2,25,160,4,70,1.5,'{milk,soybeans}','{tree_nuts,peanuts,wheat,gluten}','{vegetarian,gluten_free}'),
 (10,'chips',155,2,15,10,1.2,0.5,0.2,1.2,170,330,0,45,0.5,'{}','{milk,gluten,wheat}','{vegan}'),
 (11,'nuts',170,6,6,15,1.8,1.3,0.2,3,70,190,0,130,1.1,'{tree_nuts}','{peanuts,milk}','{vegan,keto,gluten_free}'),
 (12,'peanut butter',190,7,7,16,3,3,2,2,140,190,0,110,0.6,'{peanuts}','{tree_nuts,soybeans}','{vegan,gluten_free}'),
 (13,'soup',110,4,15,3.5,1,4,1.5,2,690,300,7,60,0.9,'{celery}','{milk,gluten,wheat,eggs}','{}'),
 (14,'ready meal',340,16,40,12,4.5,6,2.5,4,780,450,40,220,2,'{milk,gluten,wheat}','{eggs,soybeans,celery,mustard}','{}'),
 (15,'frozen pizza',330,14,36,15,6.5,5,2.5,2,720,220,30,200,2,'{milk,gluten,wheat}','{soybeans,eggs}','{vegetarian}'),
 (16,'sausage',180,9,2,15,5.5,0.7,0.4,0,560,170,45,110,0.8,'{}','{milk,mustard,celery,soybeans}','{keto,gluten_free}'),
 (17,'fish',130,20,1,5,1,0.2,0,0,220,330,50,210,0.6,'{fish}','{crustaceans,molluscs}','{pescatarian,keto,gluten_free}'),
 (18,'egg',70,6,0.4,5,1.6,0.2,0,0,70,70,185,95,0.9,'{eggs}','{}','{vegetarian,keto,gluten_free}'),
 (19,'beans',120,7,21,0.6,0.1,2,0.4,6.5,140,350,0,120,2,'{}','{}','{vegan,gluten_free}'),
 (20,'vegetables',40,2,8,0.3,0.05,3.5,0,2.8,45,230,0,40,0.7,'{}','{}','{vegan,gluten_free,low_calorie}'),
 (21,'fruit',70,0.8,18,0.3,0.05,13,0,2.6,2,190,0,20,0.3,'{}','{sulphites}','{vegan,gluten_free}'),
 (22,'tofu',95,10,3,5.5,0.8,0.7,0,1.2,15,150,0,130,1.7,'{soybeans}','{gluten,wheat}','{vegan,high_protein}'),
 (23,'sauce',45,0.7,7,1.5,0.2,5,4,0.5,390,90,1,20,0.3,'{mustard,soybeans}','{celery,eggs,milk}','{vegetarian}')),
item as (
 select g, k.*, exp(0.45*(sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random()))) as size, random() as miss, random() as know, random() as label,
  now() - random()*random()*interval '700 days' as at,
  exp(0.5*(sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random()))) a, exp(0.7*(sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random()))) b, exp(0.6*(sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random()))) c, exp(0.8*(sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random()))) d, exp(0.6*(sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random()))) e,
  random() r1, random() r2, random() r3, random() r4, random() r5
 from (select g, floor(random()*24)::int as no from generate_series(1, $1::int) as g) s join kind k using (no))
select v.id, extensions.uuid_generate_v5(v.id, 'matching-' || g), 'matching-' || g, initcap(kind) || ' ' || g, 'Brand ' || g % 400, at, at, ''::tsvector,
 case when miss < 0.06 then null else jsonb_strip_nulls(jsonb_build_object(
  'calories', round((kcal*size*(0.8+0.4*r1))::numeric,0), 'protein_g', round((protein*size*a)::numeric,1), 'carbs_g', round((carbs*size*(0.7+0.6*r2))::numeric,1),
  'fat_g', round((fat*size*b)::numeric,1), 'sat_fat_g', case when r3 < 0.93 then round((sat*size*b*(0.7+0.6*r1))::numeric,1) end,
  'sugar_g', round((sugar*size*c)::numeric,1), 'added_sugar_g', case when r4 < 0.6 then round((added*size*c)::numeric,1) end,
  'fiber_g', case when r5 < 0.85 then round((fiber*size*a)::numeric,1) end, 'sodium_mg', case when miss < 0.97 then round((sodium*size*d)::numeric,0) end,
  'cholesterol_mg', case when r2 < 0.7 then round((chol*size*b)::numeric,0) end, 'potassium_mg', case when r1 < 0.5 then round((potassium*size*e)::numeric,0) end,
  'phosphorus_mg', case when r4 < 0.2 then round((phos*size*e)::numeric,0) end, 'iron_mg', case when r3 < 0.5 then round((iron*size*c)::numeric,1) end)) end,
 case when miss < 0.06 then null when r5 < 0.2 then '100g' else 'serving' end, case when r1 < 0.7 then (20 + floor(r2*20)*10)::text || ' g' end, round((1+9*r2)::numeric,2),
 case when label < 0.15 then null else tags || case when r1<0.15 then '{organic}'::text[] else '{}' end || case when r2<0.1 then '{kosher}'::text[] else '{}' end || case when r3<0.08 then '{halal}'::text[] else '{}' end || case when r4<0.1 then '{high_protein}'::text[] else '{}' end end,
 case when know < 0.2 then null else allergens || case when r5 < 0.05 then '{sesame}'::text[] else '{}' end end,
 case when know < 0.2 or r2 < 0.4 then null when r2 < 0.7 then '{}' else traces end, case when know > 0.9 and 'gluten_free' = any(tags) then '{gluten,wheat}'::text[] end
from item, (select id from public.vendors where code = 'bench') v