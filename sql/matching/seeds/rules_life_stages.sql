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
