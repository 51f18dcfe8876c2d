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
