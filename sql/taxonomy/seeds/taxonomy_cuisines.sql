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
