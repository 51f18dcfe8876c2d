-- Generated from sql/catalog/ by npm run migrations. Do not edit: change the sources and run it again.
-- Bodies are not checked here, because functions may call ones that a later file makes.
set check_function_bodies = off;
set lock_timeout = '10s';
set statement_timeout = '10min';

-- sql/catalog/nutrient_keys.sql
-- The nutrients a product may state, by canonical key; the unit is part of the key. Immutable, computed once a
-- statement.
create or replace function app.nutrient_keys()
returns text[]
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  return array[
    'calories', 'protein_g', 'carbs_g', 'fat_g', 'sat_fat_g', 'trans_fat_g', 'mono_fat_g', 'poly_fat_g', 'sugar_g',
    'added_sugar_g', 'sugar_alcohol_g', 'starch_g', 'fiber_g', 'soluble_fiber_g', 'salt_g', 'sodium_mg',
    'cholesterol_mg',
    'potassium_mg', 'phosphorus_mg', 'calcium_mg', 'iron_mg', 'magnesium_mg', 'zinc_mg', 'copper_mg', 'manganese_mg',
    'selenium_mcg', 'iodine_mcg', 'chloride_mg', 'chromium_mcg', 'molybdenum_mcg', 'fluoride_mg', 'vitamin_a_mcg',
    'vitamin_c_mg', 'vitamin_d_mcg', 'vitamin_e_mg', 'vitamin_k_mcg', 'thiamin_mg', 'riboflavin_mg', 'niacin_mg',
    'vitamin_b6_mg', 'folate_mcg', 'vitamin_b12_mcg', 'biotin_mcg', 'pantothenic_acid_mg', 'choline_mg', 'caffeine_mg',
    'alcohol_g', 'water_g', 'ash_g', 'omega_3_g', 'omega_6_g'
  ];
end;
$$;

comment on function app.nutrient_keys is 'Canonical nutrient keys.';
grant execute on function app.nutrient_keys to authenticated, service_role;
