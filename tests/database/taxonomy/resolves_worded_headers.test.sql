-- Headers that say more than their field (brackets, units, languages, products) and columns of yes and no find their
-- fields; what is known as it stands goes first, and a lone allergen's name proves nothing.
begin;
select plan(17);

create function pg_temp.fields_of(headers text[], mode text default 'products') returns text[]
language sql as $$
  select array_agg(r.header || ' = ' || r.canonical || coalesce((
    select ' ' || string_agg(o ->> 'token' || ' ' || (o ->> 'when'), '') from jsonb_array_elements(r.transform_ops) as o
    where o ->> 'op' = 'flag'
  ), '') order by r.position, r.canonical, r.transform_ops::text)
  from app.resolve_headers(null, fields_of.mode, headers) as r
$$;

select is(
  pg_temp.fields_of(array['Item #', 'EAN-Code', 'Código de barras (EAN)', 'Product brand', 'Name [en]', 'Product image URL']),
  array['Item # = external_id', 'EAN-Code = barcode', 'Código de barras (EAN) = barcode', 'Product brand = brand',
    'Name [en] = name', 'Product image URL = image_url'],
  'identity, barcode and names with words around them'
);
select is(
  pg_temp.fields_of(array['Dénomination de vente', 'Allergènes présents', 'Traces éventuelles de', 'Prix TTC (€)']),
  array['Dénomination de vente = name', 'Allergènes présents = allergens', 'Traces éventuelles de = may_contain',
    'Prix TTC (€) = price'],
  'French'
);
select is(
  pg_temp.fields_of(array['Verkaufsbezeichnung', 'Enthält Allergene', 'Kann Spuren enthalten von', 'VK-Preis', 'Füllmenge']),
  array['Verkaufsbezeichnung = name', 'Enthält Allergene = allergens', 'Kann Spuren enthalten von = may_contain',
    'VK-Preis = price', 'Füllmenge = package_weight'],
  'German'
);
select is(
  pg_temp.fields_of(array['Nombre comercial', 'Puede contener trazas de', 'PVP (€)', 'Tamaño de ración', 'Apto para']),
  array['Nombre comercial = name', 'Puede contener trazas de = may_contain', 'PVP (€) = price',
    'Tamaño de ración = serving_size', 'Apto para = dietary_tags'],
  'Spanish'
);
select is(
  pg_temp.fields_of(array['Codice articolo', 'Descrizione articolo', 'Può contenere tracce di', 'Porzione', 'Valuta',
    'Energia (kcal)', 'di cui acidi grassi saturi (g)', 'di cui zuccheri (g)']),
  array['Codice articolo = external_id', 'Descrizione articolo = name', 'Può contenere tracce di = may_contain',
    'Porzione = serving_size', 'Valuta = currency', 'Energia (kcal) = nutrition.calories',
    'di cui acidi grassi saturi (g) = nutrition.sat_fat_g', 'di cui zuccheri (g) = nutrition.sugar_g'],
  'Italian'
);
select is(
  pg_temp.fields_of(array['Productnaam', 'Ingrediënten', 'Kan sporen bevatten van', 'Portiegrootte', 'Munteenheid',
    'waarvan verzadigd (g)', 'waarvan suikers (g)', 'Zout (g)']),
  array['Productnaam = name', 'Ingrediënten = ingredients', 'Kan sporen bevatten van = may_contain',
    'Portiegrootte = serving_size', 'Munteenheid = currency', 'waarvan verzadigd (g) = nutrition_100g.sat_fat_g',
    'waarvan suikers (g) = nutrition_100g.sugar_g', 'Zout (g) = nutrition_100g.salt_g',
    'Zout (g) = nutrition_100g.sodium_mg'],
  'Dutch; salt in grams means a table per 100 g'
);
select is(
  pg_temp.fields_of(array['Nome do produto', 'Pode conter vestígios de', 'Preço', 'Gorduras saturadas (g)',
    'dos quais açúcares (g)']),
  array['Nome do produto = name', 'Pode conter vestígios de = may_contain', 'Preço = price',
    'Gorduras saturadas (g) = nutrition.sat_fat_g', 'dos quais açúcares (g) = nutrition.sugar_g'],
  'Portuguese'
);
select is(
  pg_temp.fields_of(array['alim_code', 'alim_nom_fr', 'Energie, Règlement UE N° 1169/2011 (kcal/100 g)',
    'Protéines, N x facteur de Jones (g/100 g)', 'Sel chlorure de sodium (g/100 g)']),
  array['alim_code = external_id', 'alim_nom_fr = name',
    'Energie, Règlement UE N° 1169/2011 (kcal/100 g) = nutrition_100g.calories',
    'Protéines, N x facteur de Jones (g/100 g) = nutrition_100g.protein_g',
    'Sel chlorure de sodium (g/100 g) = nutrition_100g.salt_g',
    'Sel chlorure de sodium (g/100 g) = nutrition_100g.sodium_mg'],
  'the French food composition table'
);
select is(
  (select r.transform_ops -> -1 from app.resolve_headers(null, 'products', array['Portionsgröße (g)']) as r),
  jsonb '{"op": "with_unit", "unit": "g"}', 'a unit in the header goes to the cells'
);
select is(
  pg_temp.fields_of(array['Contains Milk', 'May contain nuts', 'Gluten Free', 'Vegan?', 'Is Kosher']),
  array['Contains Milk = allergens milk yes', 'Contains Milk = free_from milk no', 'Contains Milk = may_contain milk may',
    'May contain nuts = may_contain tree_nuts may', 'May contain nuts = may_contain tree_nuts yes',
    'Gluten Free = dietary_tags gluten_free yes', 'Gluten Free = free_from gluten yes', 'Vegan? = dietary_tags vegan yes',
    'Is Kosher = dietary_tags kosher yes'],
  'columns of yes and no'
);
select is(
  (select count(distinct r.header) from app.resolve_headers(null, 'products', array['Milch', 'Eier', 'Fisch', 'Farbe']) as r),
  3::bigint, 'allergens side by side are a table of them'
);
select is(pg_temp.fields_of(array['sku', 'Fisch']), array['sku = external_id'], 'one of them alone is not');
select is(
  pg_temp.fields_of(array['allergens', 'Customer name', 'Patient ID (internal)', 'E-mail (private)', 'E-mail Address', 'Cognome',
    'Geboortedatum'], 'customers'),
  array['allergens = avoid_allergens', 'Customer name = full_name', 'Patient ID (internal) = external_id',
    'E-mail (private) = email', 'E-mail Address = email', 'Cognome = last_name', 'Geboortedatum = dob'],
  'customers'
);
select is(
  app.compile_ingest_mapping(null, 'products', array['sku', 'Prix (€)']) #> '{fields,currency,0,ops}',
  jsonb '[{"op": "currency_of", "with": "EUR"}]', 'the price''s header names the currency'
);
select is(
  app.compile_ingest_mapping(null, 'products', array['sku', 'price', 'currency']) #>> '{fields,currency,0,header}',
  'currency', 'a column of its own goes first'
);
select is(
  app.products_given_fields(app.compile_ingest_mapping(null, 'products', array['sku', 'price'])),
  array['external_id', 'price'], 'a currency that only cells may name clears none'
);
select is(
  (select array_agg((app.parse_gtin(g)).barcode) from unnest(array['''4006381333931', '="4006381333931"', 'EAN: 4006381333931',
    '4 006381-333931', 'UPC-A:036000291452', '4006381333931.0']) as g),
  array['4006381333931', '4006381333931', '4006381333931', '4006381333931', '036000291452', '4006381333931'],
  'barcodes as spreadsheets and people write them'
);
select * from finish();
rollback;
