-- The 14 allergens of EU Regulation 1169/2011 (annex II) and the 9 of US law (FALCPA and FASTER): milk, eggs, fish,
-- crustaceans, tree nuts, peanuts, wheat, soybeans, sesame. Shellfish alone may be crustaceans or molluscs, so it is
-- their parent.
select app.seed_taxonomy_terms('allergens', $$
  gluten | Cereals containing gluten
  wheat | Wheat | gluten
  milk | Milk
  eggs | Eggs
  fish | Fish
  shellfish | Shellfish
  crustaceans | Crustacean shellfish | shellfish
  molluscs | Molluscs | shellfish
  tree_nuts | Tree nuts
  peanuts | Peanuts
  soybeans | Soybeans
  sesame | Sesame
  celery | Celery
  mustard | Mustard
  lupin | Lupin
  sulphites | Sulphur dioxide and sulphites
$$);
