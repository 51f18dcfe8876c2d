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
