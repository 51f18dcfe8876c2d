-- Generated from sql/matching/seeds/ by npm run migrations. Do not edit: change the sources and run it again.
-- Bodies are not checked here, because functions may call ones that a later file makes.
set check_function_bodies = off;
set lock_timeout = '10s';
set statement_timeout = '10min';

-- sql/matching/seeds/rules_everybody.sql
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

-- sql/matching/seeds/rules_heart.sql
-- Conditions of heart and vessels.
select app.seed_diet_rule('hypertension', '{
  "ceilings": [
    {"nutrient": "sodium_mg", "amount": 1500,
     "source": "AHA: ideal limit of 1,500 mg a day for adults with high blood pressure; ACC/AHA guideline 2017, 6.2"},
    {"nutrient": "sat_fat_g", "percent_of_energy": 6, "source": "DASH eating plan (NHLBI): 6 % of energy"}
  ],
  "floors": [
    {"nutrient": "potassium_mg", "amount": 3500, "min_age": 18,
     "source": "ACC/AHA guideline 2017, 6.2: 3,500 to 5,000 mg a day"}
  ]
}');
select app.seed_diet_rule('hyperlipidemia', '{
  "ceilings": [
    {"nutrient": "sat_fat_g", "percent_of_energy": 6, "source": "AHA/ACC lifestyle guideline 2013: 5 to 6 % of energy"},
    {"nutrient": "trans_fat_g", "percent_of_energy": 1, "source": "AHA 2006: below 1 % of energy; WHO 2023 the same"},
    {"nutrient": "cholesterol_mg", "amount": 200, "source": "NCEP ATP III (TLC diet): below 200 mg a day"},
    {"nutrient": "sodium_mg", "amount": 2300,
     "source": "AHA/ACC lifestyle guideline 2013: no more than 2,400 mg; DGA 2020-2025: 2,300 mg a day"}
  ],
  "floors": [
    {"nutrient": "fiber_g", "amount": 20, "min_age": 18, "source": "NCEP ATP III (TLC diet): 20 to 30 g a day"},
    {"nutrient": "fiber_g", "per_1000_kcal": 14, "source": "DRI (2005): 14 g per 1,000 kcal"}
  ]
}');
select app.seed_diet_rule('heart_disease', '{
  "ceilings": [
    {"nutrient": "sodium_mg", "amount": 1500, "source": "AHA: ideal limit of 1,500 mg a day"},
    {"nutrient": "sat_fat_g", "percent_of_energy": 6, "source": "AHA/ACC lifestyle guideline 2013: 5 to 6 % of energy"},
    {"nutrient": "trans_fat_g", "percent_of_energy": 1, "source": "AHA 2006: below 1 % of energy"},
    {"nutrient": "cholesterol_mg", "amount": 200, "source": "NCEP ATP III (TLC diet): below 200 mg a day"}
  ]
}');

-- sql/matching/seeds/rules_kidney_and_gut.sql
-- Kidney, gut and bones.
select app.seed_diet_rule('ckd', '{
  "ceilings": [
    {"nutrient": "sodium_mg", "amount": 2000, "source": "KDIGO CKD guideline 2024, 3.3.2: below 2 g of sodium a day"},
    {"nutrient": "potassium_mg", "amount": 3000,
     "source": "KDIGO CKD guideline 2024, 3.11: limit potassium where it is high; amount: NKF, 2,000 to 3,000 mg"},
    {"nutrient": "phosphorus_mg", "amount": 1000,
     "source": "KDIGO CKD-MBD guideline 2017, 4.1.8: limit phosphate; amount: KDOQI, 800 to 1,000 mg a day"},
    {"nutrient": "protein_g", "per_kg": 0.8, "min_age": 18,
     "source": "KDIGO CKD guideline 2024, 3.3.1.1: 0.8 g per kg a day"}
  ]
}');
select app.seed_diet_rule('celiac', '{
  "hard": {
    "avoid_allergens": [{"allergen": "gluten", "source": "ACG celiac guideline 2023: strict lifelong gluten-free diet"}]
  }
}');
select app.seed_diet_rule('lactose_intolerance', '{
  "hard": {
    "avoid_allergens": [
      {"allergen": "milk", "unless_tags": ["lactose_free", "dairy_free"],
       "source": "NIDDK: avoid or limit lactose; Odyssey avoids it unless a product is tagged free of it"}
    ]
  }
}');
select app.seed_diet_rule('gerd', '{
  "ceilings": [
    {"nutrient": "fat_g", "percent_of_energy": 30,
     "source": "NIDDK: high-fat food, caffeine and alcohol worsen reflux; amount: WHO 2023, at most 30 % of energy"},
    {"nutrient": "caffeine_mg", "amount": 200,
     "source": "NIDDK as above; amount: Odyssey, half of the 400 mg a day that FDA cites"},
    {"nutrient": "alcohol_g", "amount": 14, "source": "NIDDK as above; amount: one standard drink (NIAAA, 14 g)"}
  ]
}');
select app.seed_diet_rule('osteoporosis', '{
  "ceilings": [
    {"nutrient": "sodium_mg", "amount": 2300, "source": "DGA 2020-2025: 2,300 mg a day; BHOF: salt costs calcium"}
  ],
  "floors": [
    {"nutrient": "calcium_mg", "amount": 1000, "min_age": 18, "source": "BHOF guide 2022: 1,000 mg a day"},
    {"nutrient": "calcium_mg", "amount": 1200, "min_age": 51, "genders": ["female"],
     "source": "BHOF guide 2022: 1,200 mg a day for women from 51"},
    {"nutrient": "calcium_mg", "amount": 1200, "min_age": 71, "source": "BHOF guide 2022: 1,200 mg a day from 71"},
    {"nutrient": "vitamin_d_mcg", "amount": 20, "min_age": 50,
     "source": "BHOF guide 2022: 800 to 1,000 IU a day from 50"}
  ]
}');

-- sql/matching/seeds/rules_life_stages.sql
-- Pregnancy, breastfeeding and iron deficiency. DRI = Dietary Reference Intakes (National Academies).
select app.seed_diet_rule('pregnancy', '{
  "ceilings": [
    {"nutrient": "calories", "plus_tdee": 452,
     "source": "DRI (2005): 452 kcal a day above need in the third trimester"},
    {"nutrient": "caffeine_mg", "amount": 200, "source": "ACOG committee opinion 462: below 200 mg a day"}
  ],
  "floors": [
    {"nutrient": "calories", "percent_of_energy": 100, "source": "DRI (2005): no less than the energy need"},
    {"nutrient": "folate_mcg", "amount": 600, "source": "DRI (1998): 600 mcg DFE a day"},
    {"nutrient": "iron_mg", "amount": 27, "source": "DRI (2001): 27 mg a day"},
    {"nutrient": "calcium_mg", "amount": 1000, "min_age": 19, "source": "DRI (2011): 1,000 mg a day"},
    {"nutrient": "calcium_mg", "amount": 1300, "max_age": 18, "source": "DRI (2011): 1,300 mg a day up to 18"},
    {"nutrient": "protein_g", "per_kg": 1.1, "source": "DRI (2005): 1.1 g per kg a day"},
    {"nutrient": "fiber_g", "amount": 28, "source": "DRI (2005): 28 g a day"}
  ],
  "hard": {
    "max_per_serving": [{"nutrient": "alcohol_g", "amount": 0, "source": "CDC: no safe amount of alcohol in pregnancy"}]
  }
}');
select app.seed_diet_rule('breastfeeding', '{
  "ceilings": [
    {"nutrient": "calories", "plus_tdee": 400, "source": "DRI (2005): 330 to 400 kcal a day above need"},
    {"nutrient": "caffeine_mg", "amount": 300, "source": "CDC: up to 300 mg a day"}
  ],
  "floors": [
    {"nutrient": "calories", "percent_of_energy": 100, "source": "DRI (2005): no less than the energy need"},
    {"nutrient": "folate_mcg", "amount": 500, "source": "DRI (1998): 500 mcg DFE a day"},
    {"nutrient": "calcium_mg", "amount": 1000, "min_age": 19, "source": "DRI (2011): 1,000 mg a day"},
    {"nutrient": "protein_g", "per_kg": 1.3, "source": "DRI (2005): 1.3 g per kg a day"},
    {"nutrient": "fiber_g", "amount": 29, "source": "DRI (2005): 29 g a day"}
  ]
}');
select app.seed_diet_rule('iron_deficiency', '{
  "floors": [
    {"nutrient": "iron_mg", "amount": 8, "min_age": 19, "source": "DRI (2001): 8 mg a day for adults"},
    {"nutrient": "iron_mg", "amount": 18, "min_age": 19, "max_age": 50, "genders": ["female", "other", "unspecified"],
     "source": "DRI (2001): 18 mg a day for women of 19 to 50"},
    {"nutrient": "iron_mg", "amount": 15, "min_age": 14, "max_age": 18,
     "source": "DRI (2001): 15 mg a day for girls of 14 to 18"},
    {"nutrient": "iron_mg", "amount": 10, "max_age": 13, "source": "DRI (2001): up to 10 mg a day for children"},
    {"nutrient": "vitamin_c_mg", "amount": 75, "min_age": 14,
     "source": "DRI (2000): 75 mg a day; vitamin C helps to take up iron"}
  ],
  "bonuses": [
    {"nutrient": "iron_mg", "weight": 1, "source": "WHO: food rich in iron"}
  ]
}');

-- sql/matching/seeds/rules_metabolism.sql
-- Diabetes in its kinds, weight, gout. ADA = American Diabetes Association, Standards of Care in Diabetes (2024).
select app.seed_diet_rule(d.condition, '{
  "ceilings": [
    {"nutrient": "sodium_mg", "amount": 2300, "source": "ADA 2024, 5.24: below 2,300 mg a day"},
    {"nutrient": "added_sugar_g", "percent_of_energy": 5,
     "source": "ADA 2024, 5.22: minimize added sugar; amount: WHO sugars guideline 2015, below 5 % of energy"},
    {"nutrient": "sat_fat_g", "percent_of_energy": 10,
     "source": "DGA 2020-2025: below 10 % of energy, as ADA 2024 recommends to the public alike"}
  ],
  "floors": [
    {"nutrient": "fiber_g", "per_1000_kcal": 14, "source": "ADA 2024, section 5: at least 14 g of fiber per 1,000 kcal"}
  ],
  "bonuses": [
    {"nutrient": "fiber_g", "weight": 1, "source": "ADA 2024, section 5: carbohydrates high in fiber"}
  ]
}')
from (values ('diabetes'), ('type_1_diabetes'), ('type_2_diabetes'), ('prediabetes')) as d (condition);
select app.seed_diet_rule('gestational_diabetes', '{
  "ceilings": [
    {"nutrient": "added_sugar_g", "percent_of_energy": 5,
     "source": "ADA 2024, 5.22: minimize added sugar; amount: WHO sugars guideline 2015, below 5 % of energy"},
    {"nutrient": "sodium_mg", "amount": 2300, "source": "ADA 2024, 5.24: below 2,300 mg a day"}
  ],
  "floors": [
    {"nutrient": "fiber_g", "amount": 28, "source": "ADA 2024, section 15: at least 28 g of fiber (DRI)"},
    {"nutrient": "protein_g", "amount": 71, "source": "ADA 2024, section 15: at least 71 g of protein (DRI)"},
    {"nutrient": "carbs_g", "amount": 175, "source": "ADA 2024, section 15: at least 175 g of carbohydrate (DRI)"}
  ],
  "bonuses": [
    {"nutrient": "fiber_g", "weight": 1, "source": "ADA 2024, section 5: carbohydrates high in fiber"}
  ]
}');
select app.seed_diet_rule('obesity', '{
  "ceilings": [
    {"nutrient": "calories", "plus_tdee": -500, "at_least": 1500, "genders": ["male"], "min_age": 18,
     "source": "AHA/ACC/TOS guideline 2013: 500 kcal a day below need, 1,500 to 1,800 kcal for men"},
    {"nutrient": "calories", "plus_tdee": -500, "at_least": 1200, "min_age": 18,
     "genders": ["female", "other", "unspecified"],
     "source": "AHA/ACC/TOS guideline 2013: 500 kcal a day below need, 1,200 to 1,500 kcal for women"},
    {"nutrient": "added_sugar_g", "percent_of_energy": 5, "source": "WHO sugars guideline 2015: below 5 % of energy"}
  ]
}');
select app.seed_diet_rule('gout', '{
  "ceilings": [
    {"nutrient": "added_sugar_g", "percent_of_energy": 5,
     "source": "ACR gout guideline 2020: limit high-fructose corn syrup; amount: WHO sugars guideline 2015"},
    {"nutrient": "alcohol_g", "amount": 14,
     "source": "ACR gout guideline 2020: limit alcohol; amount: one standard drink (NIAAA, 14 g)"}
  ]
}');
