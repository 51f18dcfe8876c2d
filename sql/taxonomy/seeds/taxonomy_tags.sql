-- Dietary tags: what a product is suitable for or claims about itself.
select app.seed_taxonomy_terms('tags', $$
  vegetarian | Vegetarian
  vegan | Vegan | vegetarian
  pescatarian | Pescatarian
  plant_based | Plant based
  gluten_free | Gluten free
  wheat_free | Wheat free
  dairy_free | Dairy free
  lactose_free | Lactose free
  egg_free | Egg free
  nut_free | Nut free
  peanut_free | Peanut free
  soy_free | Soy free
  keto | Keto
  low_carb | Low carb
  paleo | Paleo
  whole30 | Whole30
  mediterranean | Mediterranean
  low_fodmap | Low FODMAP
  halal | Halal
  kosher | Kosher
  organic | Organic
  biodynamic | Biodynamic
  natural | Natural
  raw | Raw
  low_sodium | Low sodium
  no_added_salt | No added salt
  low_sugar | Low sugar
  no_added_sugar | No added sugar
  sugar_free | Sugar free
  low_fat | Low fat
  fat_free | Fat free
  low_calorie | Low calorie
  low_cholesterol | Low cholesterol
  high_protein | High protein
  high_fiber | High fiber
  whole_grain | Whole grain
  omega_3 | Source of omega-3
  heart_healthy | Heart healthy
  diabetic_friendly | Suitable for diabetics
  non_gmo | Non-GMO
  fair_trade | Fair trade
  no_palm_oil | No palm oil
  no_additives | No additives
  no_preservatives | No preservatives
  no_artificial_flavors | No artificial flavors
  no_artificial_colors | No artificial colors
  caffeine_free | Caffeine free
  alcohol_free | Alcohol free
  grass_fed | Grass fed
  free_range | Free range
$$);
