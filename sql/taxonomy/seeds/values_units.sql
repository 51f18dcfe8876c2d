-- Units as people and files write them; app.unit_scale knows their sizes. USDA's codes are UN/CEFACT's.
select app.seed_value_synonyms('unit', $$
  g: gr, grs, gm, gram, grams, gramm, gramme, grammes, gramo, gramos, grm
  kg: kgs, kilo, kilos, kilogram, kilograms, kilogramme, kilogrammes, kilogramm, kilogramo, kilogramos, kgm
  mg: milligram, milligrams, milligramme, milligrammes, milligramm, miligramo, miligramos, mgm
  mcg: ug, µg, microgram, micrograms, microgramme, microgrammes, mikrogramm, microgramo, microgramos, mc
  ml: mls, cc, milliliter, milliliters, millilitre, millilitres, mililitro, mililitros, mlt
  cl: centiliter, centilitre, centilitres, centilitro, centilitros, clt
  dl: deciliter, decilitre, decilitres, decilitro, decilitros, dlt
  l: lt, ltr, liter, liters, litre, litres, litro, litros
  oz: ounce, ounces, once, onces, onza, onzas, unze, unzen, onz
  fl_oz: floz, fluid ounce, fluid ounces, fl ounce, oza
  lb: lbs, pound, pounds, livre, livres, libra, libras, lbr
  cup: cups, tasse, tasses, taza, tazas
  tbsp: tbs, tablespoon, tablespoons, essloffel, cucharada, cucharadas
  tsp: teaspoon, teaspoons, teeloffel, cucharadita, cucharaditas
  pt: pint, pints
  qt: quart, quarts
  gal: gallon, gallons, gll
  cm: centimeter, centimeters, centimetre, centimetres, centimetro, centimetros, zentimeter
  m: meter, meters, metre, metres, metro, metros
  in: inch, inches, pouce, pouces, pulgada, pulgadas, zoll
  ft: foot, feet, pied, pieds
  kcal: cal, calorie, calories, kilocalorie, kilocalories, kilokalorien, calorias, kilocalorias, e14
  kj: kilojoule, kilojoules, kjo
  iu: ui, ie, international unit, international units, unite internationale
  percent: %, pct, per cent, pour cent, por ciento, prozent, % vol
  piece: pieces, pc, pcs, unit, units, unite, unites, unidad, unidades, stuck, ea, each, h87
$$);
