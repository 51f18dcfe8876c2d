-- What files call the top categories.
select app.seed_value_synonyms('category', $$
  beverages: beverage, drinks, drink, boissons, bebidas, getranke
  water: waters, eaux, eau, aguas, spring waters, wasser
  juices: juice, jus de fruits, fruit juices, zumos, safte
  soft_drinks: sodas, soda, carbonated drinks, energy drinks, refrescos
  coffee_and_tea: coffee, tea, coffees, teas, cafes, thes, hot beverages
  alcoholic_beverages: alcohol, wine, wines, beer, beers, spirits, vins, bieres, boissons alcoolisees
  bakery: bread, breads, breads buns, pains, pain, panaderia, brot, backwaren, baked products
  breakfast_cereals: breakfast cereal, cereal, cereals, cereales petit dejeuner, cereales para el desayuno,
    fruhstucksflocken
  grains_and_pasta: pasta, rice, noodles, cereals and millets, cereal grains and pasta, grains, pates, riz,
    cereals and potatoes
  dairy: dairies, dairy products, milk products, milk and dairy products, produits laitiers, lacteos, milchprodukte,
    dairy and egg products
  cheese: cheeses, fromages, fromage, quesos, kase
  yogurt: yogurts, yoghurt, yoghurts, yaourts, yogures, joghurt
  milk: milks, laits, leche, milch
  eggs: egg, oeufs, huevos, eier
  plant_based_alternatives: meat alternatives, milk substitutes, plant based foods, plant based foods and beverages
  fruits: fruit, frutas, obst, fruits and fruit juices, fruits and vegetables
  vegetables: vegetable, legumes verts, verduras, gemuse, vegetables and vegetable products, green leafy vegetables,
    other vegetables
  legumes: pulses, legumes and legume products, grain legumes, legumbres, hulsenfruchte
  nuts_and_seeds: nuts, seeds, nut and seed products, nuts and oil seeds, popcorn peanuts seeds and related snacks,
    fruits secs
  meat: meats, viandes, carnes, fleisch, beef products, pork products, animal meat
  poultry: chicken, volailles, aves, geflugel, poultry products
  processed_meat: sausages, ham, charcuterie, charcuteries, embutidos, wurst, sausages and luncheon meats, deli meats
  seafood: fish, fishes, seafoods, poissons, pescados, fisch, finfish and shellfish products, marine fish,
    fish meat eggs
  prepared_meals: meals, ready meals, plats prepares, platos preparados, fertiggerichte, meals entrees and side dishes,
    one dish meals
  soups: soup, soupes, sopas, suppen, soups sauces and gravies
  pizza: pizzas, pizza tarts
  frozen_foods: frozen food, surgeles, congelados, tiefkuhlkost
  canned_foods: canned food, conserves, conservas, konserven
  snacks: snack, sweet snacks, salty snacks, aperitif, bocadillos
  chips_and_pretzels: chips, crisps, chips pretzels and snacks, chips pretzels snacks, pretzels
  cookies_and_biscuits: cookies, biscuits, cookies biscuits, galletas, kekse, biscuits and cakes
  confectionery: candy, candies, confectioneries, sweets, confiseries, dulces, sussigkeiten, bonbons
  chocolate: chocolates, chocolats, chocolat, schokolade, dark chocolates, chocolate products
  desserts: dessert, postres, nachspeisen
  ice_cream: ice creams, glaces, helados, eis, ice cream and frozen yogurt, ice cream frozen yogurt
  condiments_and_sauces: sauces, sauce, condiments, condiment, salsas, saucen, dressings,
    prepared pasta and pizza sauces
  oils_and_fats: oils, fats, fats and oils, huiles, aceites, ole, vegetable oils, edible oils and fats, fats and sauces
  spices_and_herbs: spices, herbs, epices, especias, gewurze, condiments and spices
  sweeteners: sugar, sugars, sucres, azucares, zucker, honeys, honey
  spreads: spread, pates a tartiner, jams, jam, confitures, nut butters, aufstriche
  baby_food: baby foods, aliments pour bebes, alimentos para bebes, babynahrung
  dietary_supplements: supplements, dietary supplement, complements alimentaires, complementos alimenticios,
    nahrungserganzungsmittel
  pet_food: pet foods, aliments pour animaux, tiernahrung
$$);
