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
