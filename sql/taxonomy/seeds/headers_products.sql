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
