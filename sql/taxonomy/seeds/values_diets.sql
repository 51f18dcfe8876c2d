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
