-- The nutrients that app.product_match_facts has columns for, by place; the place is the bit in match_cells.missing.
-- on_label: US labels must state it (21 CFR 101.9), so that a missing value counts against an explicit limit.
create or replace function app.match_nutrients()
returns table (place int, nutrient text, on_label boolean)
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  return query
  values
    (0, 'calories', true), (1, 'protein_g', true), (2, 'carbs_g', true), (3, 'fat_g', true), (4, 'sat_fat_g', true),
    (5, 'trans_fat_g', true), (6, 'sugar_g', true), (7, 'added_sugar_g', true), (8, 'fiber_g', true),
    (9, 'sodium_mg', true), (10, 'cholesterol_mg', true), (11, 'potassium_mg', true), (12, 'phosphorus_mg', false),
    (13, 'iron_mg', true), (14, 'caffeine_mg', false), (15, 'alcohol_g', false);
end;
$$;

comment on function app.match_nutrients is
  'Nutrients that the facts of the matching hold, and whether labels must state them.';
