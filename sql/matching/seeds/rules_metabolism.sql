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
