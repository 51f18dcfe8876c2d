-- What a unit measures and how much of the base unit it is: mass in g, volume in ml, length in cm, energy in kcal.
-- Takes the folded word (app.fold_token), in English, French, Spanish and German and as UN/CEFACT codes (GRM, ONZ).
-- A cup is 240 ml, a tablespoon 15, a teaspoon 5, as on US labels (21 CFR 101.9). Nulls for a word that is no unit.
create or replace function app.unit_scale(unit text, out dimension text, out factor numeric)
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  case
    when unit in ('g', 'gr', 'grs', 'gm', 'gms', 'gram', 'grams', 'gramm', 'gramme', 'grammes', 'gramo', 'gramos',
      'grm')
      then dimension := 'mass'; factor := 1;
    when unit in ('kg', 'kgs', 'kilo', 'kilos', 'kilogram', 'kilograms', 'kilogramme', 'kilogrammes', 'kilogramm',
      'kilogramo', 'kilogramos', 'kgm')
      then dimension := 'mass'; factor := 1000;
    when unit in ('mg', 'mgs', 'milligram', 'milligrams', 'milligramme', 'milligrammes', 'milligramm', 'miligramo',
      'miligramos', 'mgm')
      then dimension := 'mass'; factor := 0.001;
    when unit in ('mcg', 'ug', 'microgram', 'micrograms', 'microgramme', 'microgrammes', 'mikrogramm', 'microgramo',
      'microgramos', 'mc')
      then dimension := 'mass'; factor := 0.000001;
    when unit in ('oz', 'ozs', 'ounce', 'ounces', 'once', 'onces', 'onza', 'onzas', 'unze', 'unzen', 'onz')
      then dimension := 'mass'; factor := 28.349523125;
    when unit in ('lb', 'lbs', 'pound', 'pounds', 'livre', 'livres', 'libra', 'libras', 'lbr')
      then dimension := 'mass'; factor := 453.59237;
    when unit in ('ml', 'mls', 'cc', 'milliliter', 'milliliters', 'millilitre', 'millilitres', 'mililitro',
      'mililitros', 'mlt')
      then dimension := 'volume'; factor := 1;
    when unit in ('cl', 'centiliter', 'centiliters', 'centilitre', 'centilitres', 'centilitro', 'centilitros', 'clt')
      then dimension := 'volume'; factor := 10;
    when unit in ('dl', 'deciliter', 'decilitre', 'decilitres', 'decilitro', 'decilitros', 'dlt')
      then dimension := 'volume'; factor := 100;
    when unit in ('l', 'lt', 'ltr', 'liter', 'liters', 'litre', 'litres', 'litro', 'litros')
      then dimension := 'volume'; factor := 1000;
    when unit in ('fl oz', 'floz', 'fluid ounce', 'fluid ounces', 'fl ounce', 'fl ounces', 'oza')
      then dimension := 'volume'; factor := 29.5735295625;
    when unit in ('pt', 'pint', 'pints', 'pinte', 'pintes') then dimension := 'volume'; factor := 473.176473;
    when unit in ('qt', 'quart', 'quarts') then dimension := 'volume'; factor := 946.352946;
    when unit in ('gal', 'gallon', 'gallons', 'gll') then dimension := 'volume'; factor := 3785.411784;
    when unit in ('cup', 'cups', 'tasse', 'tasses', 'taza', 'tazas') then dimension := 'volume'; factor := 240;
    when unit in ('tbsp', 'tbsps', 'tbs', 'tablespoon', 'tablespoons', 'el', 'essloffel', 'cucharada', 'cucharadas')
      then dimension := 'volume'; factor := 15;
    when unit in ('tsp', 'tsps', 'teaspoon', 'teaspoons', 'tl', 'teeloffel', 'cucharadita', 'cucharaditas')
      then dimension := 'volume'; factor := 5;
    when unit in ('cm', 'cms', 'centimeter', 'centimeters', 'centimetre', 'centimetres', 'centimetro', 'centimetros',
      'zentimeter')
      then dimension := 'length'; factor := 1;
    when unit in ('m', 'meter', 'meters', 'metre', 'metres', 'metro', 'metros')
      then dimension := 'length'; factor := 100;
    when unit in ('mm', 'millimeter', 'millimeters', 'millimetre', 'millimetres')
      then dimension := 'length'; factor := 0.1;
    when unit in ('in', 'ins', 'inch', 'inches', 'pouce', 'pouces', 'pulgada', 'pulgadas', 'zoll')
      then dimension := 'length'; factor := 2.54;
    when unit in ('ft', 'foot', 'feet', 'pied', 'pieds', 'pie', 'pies') then dimension := 'length'; factor := 30.48;
    when unit in ('kcal', 'kcals', 'cal', 'cals', 'calorie', 'calories', 'kilocalorie', 'kilocalories', 'kilokalorien',
      'calorias', 'kilocalorias', 'e14')
      then dimension := 'energy'; factor := 1;
    when unit in ('kj', 'kjs', 'kilojoule', 'kilojoules', 'kilojulios', 'kjo')
      then dimension := 'energy'; factor := 1 / 4.184;
    else null;
  end case;
end;
$$;

comment on function app.unit_scale(text) is
  'Dimension of a folded unit and its size in g, ml, cm or kcal; null for no unit.';

grant execute on function app.unit_scale(text) to authenticated, service_role;
