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
