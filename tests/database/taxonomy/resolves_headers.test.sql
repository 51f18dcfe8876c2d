-- The headers of the files we know find their fields, with unit and basis; a vendor's synonym wins.
begin;
select plan(22);

create function pg_temp.fields_of(headers text[], vendor_id uuid default null) returns text[]
language sql as $$
  select array_agg(r.header || ' = ' || r.canonical || ' ' || (
    select coalesce(string_agg(coalesce(o #>> '{op}', o #>> '{}'), '+'), '') from jsonb_array_elements(r.transform_ops) as o
  ) order by r.position, r.confidence desc)
  from app.resolve_headers(fields_of.vendor_id, 'products', headers) as r
$$;

-- Open Food Facts: grams beside 100g, energy in kJ, the code is a barcode.
select is(
  pg_temp.fields_of(array['code', 'product_name', 'brands', 'energy_100g', 'sodium_100g', 'vitamin-a_100g', 'url']),
  array['code = barcode trim', 'product_name = name decode_entities+collapse_blanks',
    'brands = brand decode_entities+collapse_blanks+first', 'energy_100g = nutrition_100g.calories kj_to_kcal',
    'sodium_100g = nutrition_100g.sodium_mg g_to_mg', 'vitamin-a_100g = nutrition_100g.vitamin_a_mcg g_to_mcg',
    'url = source_url trim'],
  'Open Food Facts'
);
select is(
  (select array_agg(r.header order by r.confidence desc)
   from app.resolve_headers(null, 'products', array['energy_100g', 'energy-kj_100g', 'energy-kcal_100g']) as r),
  array['energy-kcal_100g', 'energy-kj_100g', 'energy_100g'], 'stated units go before guessed ones'
);
select is(
  pg_temp.fields_of(array['salt_100g']),
  array['salt_100g = nutrition_100g.sodium_mg salt_to_sodium+g_to_mg', 'salt_100g = nutrition_100g.salt_g to_g'],
  'salt answers for sodium too'
);
-- USDA SR28: units in the header, per 100 g throughout.
select is(
  pg_temp.fields_of(array['NDB_No', 'Shrt_Desc', 'Energ_Kcal', 'Sodium_(mg)', 'Vit_D_IU', 'Selenium_(µg)', 'Copper_mg)']),
  array['NDB_No = external_id trim', 'Shrt_Desc = name decode_entities+collapse_blanks',
    'Energ_Kcal = nutrition_100g.calories to_kcal', 'Sodium_(mg) = nutrition_100g.sodium_mg to_mg',
    'Vit_D_IU = nutrition_100g.vitamin_d_mcg scale', 'Selenium_(µg) = nutrition_100g.selenium_mcg to_mcg',
    'Copper_mg) = nutrition_100g.copper_mg to_mg'],
  'USDA SR28'
);
-- A US label: per serving, usual units.
select is(
  pg_temp.fields_of(array['SKU', 'Calories', 'Total Fat (g)', 'Sodium (mg)', 'Protein', 'Vitamin D mcg', 'Calcium % DV']),
  array['SKU = external_id trim', 'Calories = nutrition.calories to_kcal', 'Total Fat (g) = nutrition.fat_g to_g',
    'Sodium (mg) = nutrition.sodium_mg to_mg', 'Protein = nutrition.protein_g to_g',
    'Vitamin D mcg = nutrition.vitamin_d_mcg to_mcg'],
  'a US label; daily values are no amounts'
);
-- A European table without units: a bare salt column tells.
select is(
  pg_temp.fields_of(array['barcode', 'fat', 'salt', 'sodium']),
  array['barcode = barcode trim', 'fat = nutrition_100g.fat_g to_g',
    'salt = nutrition_100g.sodium_mg salt_to_sodium+g_to_mg', 'salt = nutrition_100g.salt_g to_g',
    'sodium = nutrition_100g.sodium_mg g_to_mg'],
  'a European table'
);
select is(
  pg_temp.fields_of(array['Code-barres', 'Nom du produit', 'Énergie (kcal) pour 100 g / 100 ml', 'Sel pour 100 g / 100 ml']),
  array['Code-barres = barcode trim', 'Nom du produit = name decode_entities+collapse_blanks',
    'Énergie (kcal) pour 100 g / 100 ml = nutrition_100g.calories to_kcal',
    'Sel pour 100 g / 100 ml = nutrition_100g.sodium_mg salt_to_sodium+g_to_mg',
    'Sel pour 100 g / 100 ml = nutrition_100g.salt_g to_g'],
  'a French producer'
);
select is(
  pg_temp.fields_of(array['Artikelnummer', 'Produktbezeichnung', 'Zutaten', 'Brennwert kJ je 100g', 'davon Zucker je 100 g']),
  array['Artikelnummer = external_id trim', 'Produktbezeichnung = name decode_entities+collapse_blanks',
    'Zutaten = ingredients decode_entities+strip_html+strip_emphasis+collapse_blanks+prefix_strip',
    'Brennwert kJ je 100g = nutrition_100g.calories kj_to_kcal', 'davon Zucker je 100 g = nutrition_100g.sugar_g to_g'],
  'a German list'
);
select is(
  pg_temp.fields_of(array['Food Code; code', 'Food Name; name', 'Energy; enerc', 'Sodium (Na); na', 'Sodium (Na); na_e']),
  array['Food Code; code = external_id trim', 'Food Name; name = name decode_entities+collapse_blanks',
    'Energy; enerc = nutrition_100g.calories kj_to_kcal', 'Sodium (Na); na = nutrition_100g.sodium_mg g_to_mg'],
  'IFCT; standard errors stay out'
);
select is(
  pg_temp.fields_of(array['Handle', 'Title', 'Body (HTML)', 'Vendor', 'Variant SKU', 'Variant Price', 'Image Src', 'Status']),
  array['Handle = external_id trim', 'Title = name decode_entities+collapse_blanks',
    'Body (HTML) = description decode_entities+strip_html+collapse_blanks', 'Vendor = brand decode_entities+collapse_blanks',
    'Variant SKU = external_id trim', 'Variant Price = price money', 'Image Src = image_url trim',
    'Status = status map+trim+lower'],
  'Shopify'
);
select is(
  pg_temp.fields_of(array['ID', 'SKU', 'GTIN, UPC, EAN, or ISBN', 'Name', 'Regular price', 'Categories', 'Images']),
  array['ID = external_id trim', 'SKU = external_id trim', 'GTIN, UPC, EAN, or ISBN = barcode trim',
    'Name = name decode_entities+collapse_blanks', 'Regular price = price money',
    'Categories = category decode_entities+first+last+collapse_blanks', 'Images = image_url trim'],
  'WooCommerce'
);
select is(
  pg_temp.fields_of(array['nutrition.sodium_mg', 'nutrition_100g.fat_g', 'package_weight', 'free_from']),
  array['nutrition.sodium_mg = nutrition.sodium_mg to_mg', 'nutrition_100g.fat_g = nutrition_100g.fat_g to_g',
    'package_weight = package_weight decode_entities+collapse_blanks', 'free_from = free_from decode_entities'],
  'the fields'' own names'
);
select is(
  (select min(r.position) from app.resolve_headers(null, 'products', array['x', 'y', 'sku']) as r), 3, 'positions count from 1'
);
select is_empty($$ select * from app.resolve_headers(null, 'products', array['Wibble', '', null, 'fruits-vegetables-nuts_100g']) $$,
  'unknown, blank and null headers have no row');
select is_empty($$ select * from app.resolve_headers(null, 'products', '{}') $$, 'no headers, no rows');
select is(
  (select array_agg(r.canonical order by r.position)
   from app.resolve_headers(null, 'customers', array['Customer ID', 'E-Mail', 'Date of Birth', 'Height (ft/in)', 'Weight (lbs)']) as r),
  array['external_id', 'email', 'dob', 'height_cm', 'weight_kg'], 'customers'
);

-- A vendor's own.
select tests.create_member('olga', 'acme', 'vendor_operator');
select tests.create_vendor('rival');
select tests.act_as('olga');
select lives_ok(
  $$ select public.create_synonym('headers', '{"mode": "products", "canonical": "name", "synonyms": ["Wibble", "SKU"]}') $$,
  'an operator adds headers'
);
select tests.reset_role();
select is(
  (select r.canonical || ', ' || r.reason from app.resolve_headers(tests.vendor_id('acme'), 'products', array['WIBBLE']) as r),
  'name, synonym of the vendor', 'the vendor''s header is known to it'
);
select is(
  (select r.canonical from app.resolve_headers(tests.vendor_id('acme'), 'products', array['sku']) as r), 'name',
  'and wins over the platform''s'
);
select is_empty(
  $$ select * from app.resolve_headers(tests.vendor_id('rival'), 'products', array['Wibble']) $$, 'others know nothing of it'
);
select is(
  (select r.canonical from app.resolve_headers(tests.vendor_id('rival'), 'products', array['sku']) as r), 'external_id',
  'and keep the platform''s'
);
select is(
  (select r.transform_ops from app.resolve_headers(tests.vendor_id('acme'), 'products', array['Wibble']) as r),
  '["decode_entities", "collapse_blanks"]'::jsonb, 'without operations of its own it has the field''s'
);

select * from finish();
rollback;
