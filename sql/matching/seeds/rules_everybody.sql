-- What holds for everybody who has a profile, where no condition says otherwise.
-- DGA = Dietary Guidelines for Americans 2020-2025 (USDA and HHS); DRI = Dietary Reference Intakes (National
-- Academies).
select app.seed_diet_rule('general', '{
  "ceilings": [
    {"nutrient": "calories", "percent_of_energy": 100,
     "source": "Energy need: Mifflin-St Jeor (1990) times activity factor"},
    {"nutrient": "sodium_mg", "amount": 2300, "min_age": 14,
     "source": "DGA 2020-2025: below 2,300 mg a day from age 14"},
    {"nutrient": "sodium_mg", "amount": 1800, "min_age": 9, "max_age": 13,
     "source": "DGA 2020-2025: 1,800 mg a day at 9 to 13"},
    {"nutrient": "sodium_mg", "amount": 1500, "min_age": 4, "max_age": 8,
     "source": "DGA 2020-2025: 1,500 mg a day at 4 to 8"},
    {"nutrient": "sodium_mg", "amount": 1200, "max_age": 3, "source": "DGA 2020-2025: 1,200 mg a day at 1 to 3"},
    {"nutrient": "added_sugar_g", "percent_of_energy": 10, "source": "DGA 2020-2025: below 10 % of energy"},
    {"nutrient": "sat_fat_g", "percent_of_energy": 10, "source": "DGA 2020-2025: below 10 % of energy"}
  ],
  "floors": [
    {"nutrient": "fiber_g", "per_1000_kcal": 14, "source": "DRI (2005): 14 g per 1,000 kcal"}
  ]
}');
