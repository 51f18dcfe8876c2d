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
