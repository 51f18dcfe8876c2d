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
