-- What labels call the certifications.
select app.seed_value_synonyms('certification', $$
  organic: bio, certified organic, agriculture biologique, fr bio 01, fr bio 10, ch bio 006, de oko 001, de oko 003,
    de oko 005, de oko 006, de oko 007, be bio 01, gb org 05, lk bio 149, eu agriculture, non eu agriculture
  usda_organic: usda certified organic, organic usda
  eu_organic: european organic, bio europeen, eu bio, eu oko verordnung, euro leaf, eu organic logo
  ab_agriculture_biologique: ab, ab bio
  canada_organic: canada organic biologique canada
  ecocert: certified by ecocert, ecocert organic
  demeter: biodynamic, biodynamic agriculture
  fair_trade: fairtrade, fair trade certified, fair trade usa, commerce equitable, comercio justo, fairer handel
  fairtrade_international: flo cert, fairtrade max havelaar
  max_havelaar: max havelaar france, max havelaar switzerland
  fair_for_life: fairforlife
  rainforest_alliance: rainforest alliance certified, rainforest alliance cocoa, rainforest alliance coffee
  utz: utz certified, utz certified cacao, utz certified cocoa, utz certified coffee
  msc: marine stewardship council, sustainable seafood msc, msc certified, peche durable msc
  asc: aquaculture stewardship council, responsibly farmed asc
  fsc: fsc mix, fsc recycled, forest stewardship council, fsc certified
  rspo: roundtable on sustainable palm oil, sustainable palm oil, huile de palme durable, certified sustainable palm oil
  halal: hallal, halal certified, certified halal
  kosher: kasher, kascher, koscher, kosher certified, certified kosher, kosher parve, kosher pareve
  orthodox_union_kosher: ou kosher, orthodox union
  non_gmo_project: non gmo project verified, non gmo verified
  gluten_free_certified: certified gluten free, gfco, crossed grain trademark
  vegan_certified: certified vegan, vegan society, the vegan society
  european_vegetarian_union: v label, european vegetarian union vegan, european vegetarian union vegetarian
  certified_humane: certified humane raised and handled
  b_corp: certified b corporation, bcorp
  carbon_neutral: carbon compensated product, produit compense carbone, climate neutral, myclimate
  pdo: aop, dop, dpo, protected designation of origin, appellation d origine protegee,
    denominacion de origen protegida, aoc
  pgi: igp, indication geographique protegee, indicacion geografica protegida, protected geographical indication, g g a
  tsg: stg, etg, traditional speciality guaranteed
  green_dot: point vert, punto verde, gruner punkt, der grune punkt
  none: no certification, aucun, aucune, ninguno, keine
  unspecified: unknown, na, n a, nc, non renseigne, null, undefined
$$);
