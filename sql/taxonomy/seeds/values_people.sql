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
  diabetes_type_1: type 1 diabetes, t1d, diabete de type 1, diabetes tipo 1, diabetes typ 1, iddm
  diabetes_type_2: type 2 diabetes, t2d, t2dm, diabete de type 2, diabetes tipo 2, diabetes typ 2
  prediabetes: pre diabetes, prediabetic, insulin resistance, prediabete
  gestational_diabetes: diabete gestationnel, diabetes gestacional
  hypertension: high blood pressure, hbp, htn, hypertensive, hipertension, tension arterielle elevee, bluthochdruck
  high_cholesterol: hypercholesterolemia, hyperlipidemia, dyslipidemia, high ldl, hypercholesterolemie, colesterol alto
  heart_disease: cardiovascular disease, cvd, coronary artery disease, cad, heart failure, maladie cardiaque,
    enfermedad cardiaca
  kidney_disease: ckd, chronic kidney disease, renal disease, insuffisance renale, enfermedad renal, nierenerkrankung
  celiac_disease: celiac, coeliac, coeliac disease, maladie coeliaque, celiaquia, zoliakie
  lactose_intolerance: lactose intolerant, intolerance au lactose, intolerancia a la lactosa, laktoseintoleranz
  obesity: obese, obesite, obesidad, adipositas, overweight
  gout: goutte, gota, gicht, hyperuricemia
  ibs: irritable bowel syndrome, syndrome du colon irritable, reizdarm
  gerd: acid reflux, reflux, gord, heartburn
  anemia: anaemia, iron deficiency, iron deficiency anemia, anemie, anamie
  osteoporosis: osteoporose
  pregnancy: pregnant, grossesse, enceinte, embarazo, schwangerschaft
  breastfeeding: lactation, allaitement, lactancia, stillzeit, nursing
$$);
