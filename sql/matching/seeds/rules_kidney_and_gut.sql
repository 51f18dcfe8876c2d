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
