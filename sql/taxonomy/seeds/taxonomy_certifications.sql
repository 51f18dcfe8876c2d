-- Certifications and seals that somebody else awards.
select app.seed_taxonomy_terms('certifications', $$
  organic | Certified organic
  usda_organic | USDA Organic | organic
  eu_organic | EU Organic | organic
  ab_agriculture_biologique | AB Agriculture Biologique | organic
  canada_organic | Canada Organic | organic
  ecocert | Ecocert | organic
  bio_suisse | Bio Suisse | organic
  demeter | Demeter | organic
  fair_trade | Fair Trade
  fairtrade_international | Fairtrade International | fair_trade
  max_havelaar | Max Havelaar | fair_trade
  fair_for_life | Fair for Life | fair_trade
  rainforest_alliance | Rainforest Alliance
  utz | UTZ Certified
  msc | Marine Stewardship Council
  asc | Aquaculture Stewardship Council
  fsc | Forest Stewardship Council
  rspo | Roundtable on Sustainable Palm Oil
  halal | Halal certified
  kosher | Kosher certified
  orthodox_union_kosher | Orthodox Union Kosher | kosher
  non_gmo_project | Non-GMO Project Verified
  gluten_free_certified | Certified gluten free
  vegan_certified | Certified vegan
  european_vegetarian_union | V-Label (European Vegetarian Union)
  certified_humane | Certified Humane
  b_corp | B Corp
  carbon_neutral | Carbon neutral
  pdo | Protected designation of origin
  pgi | Protected geographical indication
  tsg | Traditional speciality guaranteed
  label_rouge | Label Rouge
  green_dot | Green Dot
$$);
