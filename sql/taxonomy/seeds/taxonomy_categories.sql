-- A modest top of the category tree; vendors add their own below or beside it.
select app.seed_taxonomy_terms('categories', $$
  beverages | Beverages
  water | Water | beverages
  juices | Juices | beverages
  soft_drinks | Soft drinks | beverages
  coffee_and_tea | Coffee and tea | beverages
  alcoholic_beverages | Alcoholic beverages | beverages
  bakery | Bakery and bread
  breakfast_cereals | Breakfast cereals
  grains_and_pasta | Grains, rice and pasta
  dairy | Dairy
  cheese | Cheese | dairy
  yogurt | Yogurt | dairy
  milk | Milk | dairy
  eggs | Eggs
  plant_based_alternatives | Plant-based alternatives
  fruits | Fruits
  vegetables | Vegetables
  legumes | Legumes and pulses
  nuts_and_seeds | Nuts and seeds
  meat | Meat
  poultry | Poultry | meat
  processed_meat | Processed meat | meat
  seafood | Fish and seafood
  prepared_meals | Prepared meals
  soups | Soups | prepared_meals
  pizza | Pizza | prepared_meals
  frozen_foods | Frozen foods
  canned_foods | Canned foods
  snacks | Snacks
  chips_and_pretzels | Chips and pretzels | snacks
  cookies_and_biscuits | Cookies and biscuits | snacks
  confectionery | Candy and confectionery
  chocolate | Chocolate | confectionery
  desserts | Desserts
  ice_cream | Ice cream | desserts
  condiments_and_sauces | Condiments and sauces
  oils_and_fats | Oils and fats
  spices_and_herbs | Spices and herbs
  sweeteners | Sugar and sweeteners
  spreads | Spreads
  baby_food | Baby food
  dietary_supplements | Dietary supplements
  pet_food | Pet food
  other | Other
$$);
