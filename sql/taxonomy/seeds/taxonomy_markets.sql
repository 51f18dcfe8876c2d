-- Markets: regions, and countries under their ISO 3166 codes.
select app.seed_taxonomy_terms('markets', $$
  north_america | North America
  us | United States | north_america
  ca | Canada | north_america
  mx | Mexico | north_america
  pr | Puerto Rico | north_america
  eu | European Union
  fr | France | eu
  de | Germany | eu
  es | Spain | eu
  it | Italy | eu
  be | Belgium | eu
  nl | Netherlands | eu
  at | Austria | eu
  pt | Portugal | eu
  ie | Ireland | eu
  pl | Poland | eu
  se | Sweden | eu
  dk | Denmark | eu
  gb | United Kingdom
  ch | Switzerland
  no | Norway
  in | India
  cn | China
  jp | Japan
  au | Australia
  nz | New Zealand
  br | Brazil
  world | World
$$);
