-- Generated from sql/ingestion/operations/ by npm run migrations. Do not edit: change the sources and run it again.
-- Bodies are not checked here, because functions may call ones that a later file makes.
set check_function_bodies = off;
set lock_timeout = '10s';
set statement_timeout = '10min';

-- sql/ingestion/operations/apply_operations.sql
-- Runs operations on one value, for previews and tests; a list comes out as a JSON array. Bulk work compiles
-- app.operations_expression into its statement instead.
create or replace function app.apply_operations(value text, ops jsonb)
returns text
language plpgsql
stable
set search_path = ''
as $$
declare
  v_result text;
begin
  execute format(
    case when coalesce(ops -> -1 ->> 'op', ops ->> -1) = 'split' then 'select to_jsonb(%s)::text' else 'select %s' end,
    app.operations_expression(ops, '$1')
  ) into v_result using value;
  return v_result;
end;
$$;

comment on function app.apply_operations(text, jsonb) is 'One value after a list of transform operations.';

grant execute on function app.apply_operations(text, jsonb) to authenticated, service_role;

-- sql/ingestion/operations/build_date.sql
-- A date in ISO form from the texts of its parts; null when there is no such day. Years of two digits are 2000 to 2029
-- or 1930 to 1999; months may be English, French, Spanish or German names.
create or replace function app.build_date(year text, month text, day text)
returns text
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_year int := year::int + case when length(year) > 2 then 0 when year::int < 30 then 2000 else 1900 end;
  v_month int;
  v_day int := day::int;
  v_name text := app.fold_token(month);
begin
  v_month := case
    when v_name ~ '^\d{1,2}$' then v_name::int
    when v_name ~ '^(jan|ene)' then 1
    when v_name ~ '^(feb|fev)' then 2
    when v_name ~ '^(mar|mrz)' then 3
    when v_name ~ '^(apr|avr|abr)' then 4
    when v_name ~ '^(may|mai)' then 5
    when v_name ~ '^(jun|juin)' then 6
    when v_name ~ '^(jul|juil)' then 7
    when v_name ~ '^(aug|aou|ago)' then 8
    when v_name ~ '^se[pt]' then 9
    when v_name ~ '^(oct|okt)' then 10
    when v_name ~ '^nov' then 11
    when v_name ~ '^(dec|dez|dic)' then 12
  end;
  if v_month between 1 and 12 and v_year between 1 and 9999 and v_day >= 1
    and v_day <= extract(day from make_date(v_year, v_month, 1) + interval '1 month' - interval '1 day')
  then
    return to_char(make_date(v_year, v_month, v_day), 'YYYY-MM-DD');
  end if;
  return null;
end;
$$;

comment on function app.build_date(text, text, text) is
  'An ISO date from the texts of year, month and day; null for no such day.';

grant execute on function app.build_date(text, text, text) to authenticated, service_role;

-- sql/ingestion/operations/convert_amount.sql
-- An amount in another unit, as text. A bare number is in from_unit; a unit in the cell is believed over it. What is
-- no amount, or measures something else, comes back unchanged for validation to report.
create or replace function app.convert_amount(value text, from_unit text, to_unit text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
declare
  v_amount record;
  v_from record;
  v_to record;
  -- The common steps between metric units, so that plain numbers need no parsing.
  v_factor constant numeric := case from_unit || '>' || to_unit
    when 'g>mg' then 1000
    when 'mg>mcg' then 1000
    when 'g>mcg' then 1000000
    when 'mg>g' then 0.001
    when 'mcg>mg' then 0.001
    when 'mcg>g' then 0.000001
    when from_unit || '>' || from_unit then 1
  end;
begin
  if v_factor is not null and value ~ '^[0-9]{1,12}(\.[0-9]{1,12})?$' then
    return trim_scale(value::numeric * v_factor)::text;
  end if;
  v_amount := app.parse_decimal(value);
  if v_amount.number is null then
    return coalesce(app.energy_in_text(value, to_unit), value);
  end if;
  if v_amount.rest = '' and v_factor is not null then
    return trim_scale(v_amount.number * v_factor)::text;
  end if;
  v_to := app.unit_scale(to_unit);
  v_from := app.unit_scale(case when v_amount.rest = '' then from_unit else app.fold_token(v_amount.rest) end);
  if v_from.dimension is distinct from v_to.dimension then
    return coalesce(app.energy_in_text(value, to_unit), value);
  end if;
  -- 1.650 kJ is a thousand with its mark: nobody measures a thousandth of a kilojoule.
  if v_from.dimension = 'energy' and v_from.factor < 1 and value ~ '^\s*[1-4]\.[0-9]{3}(?![0-9])' then
    v_amount.number := v_amount.number * 1000;
  end if;
  return trim_scale(
    round(v_amount.number * v_from.factor / v_to.factor, case v_to.dimension when 'energy' then 2 else 12 end)
  )::text;
end;
$$;

comment on function app.convert_amount(text, text, text) is
'Converts an amount; the unit in the cell wins over from_unit; unchanged when it cannot.';

grant execute on function app.convert_amount(text, text, text) to authenticated, service_role;

-- sql/ingestion/operations/energy_in_text.sql
-- Energy that is written twice ("1650 kJ / 394 kcal") in kilocalories: as stated where it is, else converted. Null for
-- other units and for texts without any.
create or replace function app.energy_in_text(value text, to_unit text)
returns text
language sql
immutable
parallel safe
set search_path = ''
as $$
  select trim_scale(round(t.amount * t.factor, 2))::text
  from app.quantity_terms(energy_in_text.value) as t
  where energy_in_text.to_unit = 'kcal' and t.dimension = 'energy'
  order by t.factor <> 1, t.place
  limit 1;
$$;

comment on function app.energy_in_text(text, text) is 'Kilocalories of a text that states energy in several units.';

grant execute on function app.energy_in_text(text, text) to authenticated, service_role;

-- sql/ingestion/operations/html_entity.sql
-- The character of one HTML entity, named ("eacute") or numeric ("#233", "#xE9"); null for what is none.
-- Numbers 128 to 159 mean Windows-1252, as browsers read them. Names are those of Latin-1 and of common print.
create or replace function app.html_entity(name text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
declare
  v_windows constant int[] := array[
    8364, 129, 8218, 402, 8222, 8230, 8224, 8225, 710, 8240, 352, 8249, 338, 141, 381, 143,
    144, 8216, 8217, 8220, 8221, 8226, 8211, 8212, 732, 8482, 353, 8250, 339, 157, 382, 376
  ];
  v_named constant jsonb := jsonb '{
    "nbsp": 160, "iexcl": 161, "cent": 162, "pound": 163, "curren": 164, "yen": 165, "brvbar": 166, "sect": 167,
    "uml": 168, "copy": 169, "ordf": 170, "laquo": 171, "not": 172, "shy": 173, "reg": 174, "macr": 175,
    "deg": 176, "plusmn": 177, "sup2": 178, "sup3": 179, "acute": 180, "micro": 181, "para": 182, "middot": 183,
    "cedil": 184, "sup1": 185, "ordm": 186, "raquo": 187, "frac14": 188, "frac12": 189, "frac34": 190,
    "iquest": 191, "Agrave": 192, "Aacute": 193, "Acirc": 194, "Atilde": 195, "Auml": 196, "Aring": 197,
    "AElig": 198, "Ccedil": 199, "Egrave": 200, "Eacute": 201, "Ecirc": 202, "Euml": 203, "Igrave": 204,
    "Iacute": 205, "Icirc": 206, "Iuml": 207, "ETH": 208, "Ntilde": 209, "Ograve": 210, "Oacute": 211,
    "Ocirc": 212, "Otilde": 213, "Ouml": 214, "times": 215, "Oslash": 216, "Ugrave": 217, "Uacute": 218,
    "Ucirc": 219, "Uuml": 220, "Yacute": 221, "THORN": 222, "szlig": 223, "agrave": 224, "aacute": 225,
    "acirc": 226, "atilde": 227, "auml": 228, "aring": 229, "aelig": 230, "ccedil": 231, "egrave": 232,
    "eacute": 233, "ecirc": 234, "euml": 235, "igrave": 236, "iacute": 237, "icirc": 238, "iuml": 239, "eth": 240,
    "ntilde": 241, "ograve": 242, "oacute": 243, "ocirc": 244, "otilde": 245, "ouml": 246, "divide": 247,
    "oslash": 248, "ugrave": 249, "uacute": 250, "ucirc": 251, "uuml": 252, "yacute": 253, "thorn": 254,
    "yuml": 255, "amp": 38, "lt": 60, "gt": 62, "quot": 34, "OElig": 338, "oelig": 339, "Scaron": 352,
    "scaron": 353, "Yuml": 376, "fnof": 402, "ndash": 8211, "mdash": 8212, "lsquo": 8216, "rsquo": 8217,
    "sbquo": 8218, "ldquo": 8220, "rdquo": 8221, "bdquo": 8222, "dagger": 8224, "Dagger": 8225, "bull": 8226,
    "hellip": 8230, "permil": 8240, "prime": 8242, "Prime": 8243, "lsaquo": 8249, "rsaquo": 8250, "euro": 8364,
    "trade": 8482, "le": 8804, "ge": 8805, "ne": 8800, "asymp": 8776, "alpha": 945, "beta": 946, "gamma": 947,
    "omega": 969, "mu": 956, "minus": 8722, "frasl": 8260, "thinsp": 8201, "ensp": 8194, "emsp": 8195,
    "zwnj": 8204, "zwj": 8205, "apos": 39, "newline": 10, "tab": 9
  }';
  v_code int;
begin
  if name ~ '^#[0-9]{1,7}$' then
    v_code := substr(name, 2)::int;
  elsif name ~* '^#x[0-9a-f]{1,6}$' then
    v_code := ('x' || lpad(substr(name, 3), 8, '0'))::bit(32)::int;
  else
    v_code := (v_named ->> name)::int;
  end if;
  if v_code between 128 and 159 then
    v_code := v_windows[v_code - 127];
  end if;
  if v_code is null or v_code = 0 or v_code between 55296 and 57343 or v_code > 1114111 then
    return null;
  end if;
  return chr(v_code);
end;
$$;

comment on function app.html_entity(text) is 'The character of an HTML entity by name or number; null for none.';

grant execute on function app.html_entity(text) to authenticated, service_role;

-- sql/ingestion/operations/op_body_height.sql
-- A person's height in centimetres, whatever it was written in: a unit is believed; a bare number is metres below 3,
-- feet up to 8, inches up to 96, else centimetres. For columns called just "height"; never for the API, where numbers
-- are cm.
create or replace function app.op_body_height(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  if value ~ '^\s*[0-2][.,][0-9]{1,2}\s*$' then
    return app.convert_amount(replace(value, ',', '.'), 'm', 'cm');
  end if;
  return app.op_ftin_to_cm(value);
end;
$$;

comment on function app.op_body_height(text) is
  'A person''s height in centimetres, the unit guessed where there is none.';

grant execute on function app.op_body_height(text) to authenticated, service_role;

-- sql/ingestion/operations/op_boolean.sql
-- true or false from yes/no, 1/0, oui/non, sí/no, ja/nein, x, on/off, active/inactive.
create or replace function app.op_boolean(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return case
    when app.fold_token(value) in (
      'true', 't', 'yes', 'y', '1', 'on', 'oui', 'o', 'si', 's', 'ja', 'j', 'x', 'active', 'enabled'
    )
      then 'true'
    when app.fold_token(value) in ('false', 'f', 'no', 'n', '0', 'off', 'non', 'nein', 'inactive', 'disabled')
      then 'false'
    else value
  end;
end;
$$;

comment on function app.op_boolean(text) is 'true or false from the words people use for them.';

grant execute on function app.op_boolean(text) to authenticated, service_role;

-- sql/ingestion/operations/op_cl_to_ml.sql
-- Centilitres to millilitres; a unit in the cell is believed over the operation's name.
create or replace function app.op_cl_to_ml(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return app.convert_amount(value, 'cl', 'ml');
end;
$$;

comment on function app.op_cl_to_ml(text) is 'Centilitres to millilitres.';

grant execute on function app.op_cl_to_ml(text) to authenticated, service_role;

-- sql/ingestion/operations/op_collapse_blanks.sql
-- Makes one blank of each run of blanks, line ends and control characters, and none at the ends.
create or replace function app.op_collapse_blanks(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return btrim(regexp_replace(value, '[\s\u0001-\u001f\u007f\u00a0\u200b\u202f\u3000\ufeff]+', ' ', 'g'));
end;
$$;

comment on function app.op_collapse_blanks(text) is
  'One blank for each run of blanks, line ends and control characters; none at the ends.';

grant execute on function app.op_collapse_blanks(text) to authenticated, service_role;

-- sql/ingestion/operations/op_concat.sql
-- Puts fixed text before or after a value; a blank value stays as it is.
create or replace function app.op_concat(value text, before text default '', after text default '')
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  if value !~ '\S' then
    return value;
  end if;
  return coalesce(before, '') || value || coalesce(after, '');
end;
$$;

comment on function app.op_concat(text, text, text) is 'Puts fixed text before or after a value that is not blank.';

grant execute on function app.op_concat(text, text, text) to authenticated, service_role;

-- sql/ingestion/operations/op_currency.sql
-- The ISO 4217 code in a cell: "$3.50" -> USD, "3,50 €" -> EUR, "gbp" -> GBP.
create or replace function app.op_currency(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return case
    when value ~ '^[A-Z]{3}$' then value
    when value ~ '(?:CA|C)\$' then 'CAD'
    when value ~ '(?:AU|A)\$' then 'AUD'
    when value ~ '\$' then 'USD'
    when value ~ '€' or value ~* '\meuros?\M' then 'EUR'
    when value ~ '£' then 'GBP'
    when value ~ '¥' then 'JPY'
    when value ~ '₹' then 'INR'
    when value ~* '\mdollars?\M' then 'USD'
    else upper(
      coalesce(
        substring(value from '^\s*([A-Za-z]{3})(?:\s|[0-9]|$)'), substring(value from '\m([A-Za-z]{3})\s*$'), value
      )
    )
  end;
end;
$$;

comment on function app.op_currency(text) is 'The ISO 4217 code in a cell.';

grant execute on function app.op_currency(text) to authenticated, service_role;

-- sql/ingestion/operations/op_currency_of.sql
-- The currency that an amount of money names: "3,50 €" -> EUR. A bare amount gets the currency of the column's header
-- (`with`), or none. Letters beside no digit ("tba") are no currency.
create or replace function app.op_currency_of(value text, "with" text default '')
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
declare
  v_rest constant text := btrim(translate(value, '0123456789.,''', ''), E' \t\u00a0\u202f');
begin
  return case
    when value ~ '[0-9]' and v_rest ~ '^(?:[A-Za-z]{3}|euros?|dollars?|(?:US|CA?|AU?)?[$€£¥₹])$'
      then app.op_currency(v_rest)
    when "with" <> '' then "with"
  end;
end;
$$;

comment on function app.op_currency_of(text, text) is 'The currency that an amount of money names.';

grant execute on function app.op_currency_of(text, text) to authenticated, service_role;

-- sql/ingestion/operations/op_date_dmy.sql
-- A date written as day, month, year (Europe) in ISO form: 5/1/2024, 5. Januar 2024.
create or replace function app.op_date_dmy(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return app.parse_date(value, 'dmy');
end;
$$;

comment on function app.op_date_dmy(text) is 'A date written as day, month, year (Europe), in ISO form.';

grant execute on function app.op_date_dmy(text) to authenticated, service_role;

-- sql/ingestion/operations/op_date_epoch.sql
-- A date in ISO form (UTC) from seconds or milliseconds since 1970, as Open Food Facts writes last_modified_t.
create or replace function app.op_date_epoch(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  if value !~ '^\s*\d{9,10}(\d{3})?\s*$' then
    return value;
  end if;
  return to_char(
    timestamp '1970-01-01'
    + case when length(btrim(value)) > 10 then value::float8 / 1000 else value::float8 end * interval '1 second',
    'YYYY-MM-DD'
  );
end;
$$;

comment on function app.op_date_epoch(text) is 'A date in ISO form from seconds or milliseconds since 1970.';

grant execute on function app.op_date_epoch(text) to authenticated, service_role;

-- sql/ingestion/operations/op_date_iso.sql
-- A date written as year, month, day in ISO form: 2024-1-5, 20240105, 2024-01-05T10:00:00Z.
create or replace function app.op_date_iso(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return app.parse_date(value, 'ymd');
end;
$$;

comment on function app.op_date_iso(text) is 'A date written as year, month, day, in ISO form.';

grant execute on function app.op_date_iso(text) to authenticated, service_role;

-- sql/ingestion/operations/op_date_mdy.sql
-- A date written as month, day, year (US) in ISO form: 1/5/2024, Jan 5, 2024.
create or replace function app.op_date_mdy(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return app.parse_date(value, 'mdy');
end;
$$;

comment on function app.op_date_mdy(text) is 'A date written as month, day, year (US), in ISO form.';

grant execute on function app.op_date_mdy(text) to authenticated, service_role;

-- sql/ingestion/operations/op_decimal_comma.sql
-- Like parse_number for files that write decimals with a comma throughout: "1,234" is 1.234 and "1.234" is 1234.
create or replace function app.op_decimal_comma(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
declare
  v_parsed record;
begin
  v_parsed := app.parse_decimal(value, ',');
  if v_parsed.number is null
    or (v_parsed.rest not in ('', '%') and (app.unit_scale(app.fold_token(v_parsed.rest))).dimension is null)
  then
    return value;
  end if;
  return trim_scale(v_parsed.number)::text || case v_parsed.rest when '' then '' else ' ' || v_parsed.rest end;
end;
$$;

comment on function app.op_decimal_comma(text) is
  'A number whose decimal mark is a comma, in plain form; a unit stays.';

grant execute on function app.op_decimal_comma(text) to authenticated, service_role;

-- sql/ingestion/operations/op_decode_entities.sql
-- Puts characters in the place of HTML entities ("&quot;", "&eacute;", "&#233;"), once: "&amp;lt;" becomes "&lt;".
-- What is no entity stays. List the operation twice for texts that were encoded twice.
create or replace function app.op_decode_entities(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  if strpos(value, '&') = 0 then
    return value;
  end if;
  return (
    select string_agg(
      m.part[1] || case
        when m.part[3] is null then coalesce(m.part[2], '')
        else coalesce(app.html_entity(m.part[3]), m.part[2])
      end, '' order by m.place
    )
    from regexp_matches(
      value, '([^&]*)(&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,9});|&)?', 'g'
    ) with ordinality as m (part, place)
  );
end;
$$;

comment on function app.op_decode_entities(text) is 'Characters in the place of HTML entities.';

grant execute on function app.op_decode_entities(text) to authenticated, service_role;

-- sql/ingestion/operations/op_default.sql
-- The one operation that makes something of nothing: a fixed value for a null or blank cell.
create or replace function app.op_default(value text, "with" text)
returns text
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  if value is null or value !~ '\S' then
    return "with";
  end if;
  return value;
end;
$$;

comment on function app.op_default(text, text) is 'A fixed value where the cell is null or blank.';

grant execute on function app.op_default(text, text) to authenticated, service_role;

-- sql/ingestion/operations/op_first.sql
-- The first element of a list in a cell: "Casino, Alter Eco" -> "Casino".
create or replace function app.op_first(value text, "by" text default null)
returns text
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  return coalesce((app.op_split(value, "by"))[1], value);
end;
$$;

comment on function app.op_first(text, text) is 'The first element of a list.';

grant execute on function app.op_first(text, text) to authenticated, service_role;

-- sql/ingestion/operations/op_fl_oz_to_ml.sql
-- US fluid ounces to millilitres; a unit in the cell is believed over the operation's name.
create or replace function app.op_fl_oz_to_ml(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return app.convert_amount(value, 'fl oz', 'ml');
end;
$$;

comment on function app.op_fl_oz_to_ml(text) is 'US fluid ounces to millilitres.';

grant execute on function app.op_fl_oz_to_ml(text) to authenticated, service_role;

-- sql/ingestion/operations/op_flag.sql
-- One word of a list from a column that says yes or no to it ("Contains milk": Y): the token where the cell says what
-- `when` asks for (yes, may, no), null otherwise. What is neither (a dash, "see label") says nothing.
create or replace function app.op_flag(value text, token text, "when" text default 'yes')
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
declare
  v_word constant text := app.fold_token(value);
  v_answer text;
begin
  v_answer := case
    when v_word ~ '^(?:may|might|possibl[ey]|traces?|cross|peut|eventuel|puede|trazas?|spuren|kann)\M'
      then 'may'
    when v_word ~ ('^(?:not|does not|do not|doesn t|no|none|non|ne|free|absent|absence|0|f|false|n|nein|keine?|off|'
      'sans|sin|ohne)\M')
      then 'no'
    when v_word in ('yes', 'y', '1', 't', 'true', 'x', 'on', 'oui', 'o', 'si', 's', 'ja', 'j', 'vrai',
      'wahr', 'verdadero', 'present', 'presence', 'contains', 'contain', 'contained', 'contient', 'contiene', 'enthalt',
      'enthalten', '+',
      'checked', 'certified', app.fold_token(token))
      or btrim(value) in ('✓', '✔', '✔️', '☑', '✅', '●', '•', '*', '√')
      then 'yes'
    when btrim(value) in ('✗', '✘', '❌', '☐') then 'no'
  end;
  return case when v_answer = "when" then token end;
end;
$$;

comment on function app.op_flag(text, text, text) is 'A word of a list from a column that says yes or no to it.';

grant execute on function app.op_flag(text, text, text) to authenticated, service_role;

-- sql/ingestion/operations/op_ftin_to_cm.sql
-- Feet and inches to centimetres: 5'11", 5 ft 11 in, 5-11, 5′11″, 71" and 180 cm. A bare number up to 8 is feet,
-- up to 96 inches; above that it is centimetres already.
create or replace function app.op_ftin_to_cm(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
declare
  v_text text;
  v_parts text[];
  v_bare numeric;
begin
  v_text := translate(lower(btrim(value)), '’′‘´`”″“', '''''''''''"""');
  v_parts := regexp_match(
    v_text,
    '^(\d(?:\.\d+)?)\s*(?:''|ft\.?|feet|foot|-)\s*'
    '(?:(\d{1,2}(?:\.\d+)?)\s*(?:"|''''|in\.?|inch|inches)?)?$'
  );
  if v_parts is not null and coalesce(v_parts[2], '0')::numeric < 12 then
    return trim_scale(round(v_parts[1]::numeric * 30.48 + coalesce(v_parts[2], '0')::numeric * 2.54, 2))::text;
  end if;
  v_text := replace(replace(v_text, '''''', ' in'), '"', ' in');
  v_bare := case when v_text ~ '^\d{1,3}(\.\d+)?$' then v_text::numeric end;
  return app.convert_amount(v_text, case when v_bare <= 8 then 'ft' when v_bare <= 96 then 'in' else 'cm' end, 'cm');
end;
$$;

comment on function app.op_ftin_to_cm(text) is 'Feet and inches to centimetres.';

grant execute on function app.op_ftin_to_cm(text) to authenticated, service_role;

-- sql/ingestion/operations/op_g_to_kg.sql
-- Grams to kilograms; a unit in the cell is believed over the operation's name.
create or replace function app.op_g_to_kg(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return app.convert_amount(value, 'g', 'kg');
end;
$$;

comment on function app.op_g_to_kg(text) is 'Grams to kilograms.';

grant execute on function app.op_g_to_kg(text) to authenticated, service_role;

-- sql/ingestion/operations/op_g_to_mcg.sql
-- Grams to micrograms; a unit in the cell is believed over the operation's name.
create or replace function app.op_g_to_mcg(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return app.convert_amount(value, 'g', 'mcg');
end;
$$;

comment on function app.op_g_to_mcg(text) is 'Grams to micrograms.';

grant execute on function app.op_g_to_mcg(text) to authenticated, service_role;

-- sql/ingestion/operations/op_g_to_mg.sql
-- Grams to milligrams; a unit in the cell is believed over the operation's name.
create or replace function app.op_g_to_mg(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return app.convert_amount(value, 'g', 'mg');
end;
$$;

comment on function app.op_g_to_mg(text) is 'Grams to milligrams.';

grant execute on function app.op_g_to_mg(text) to authenticated, service_role;

-- sql/ingestion/operations/op_in_to_cm.sql
-- Inches to centimetres; a unit in the cell is believed over the operation's name.
create or replace function app.op_in_to_cm(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return app.convert_amount(value, 'in', 'cm');
end;
$$;

comment on function app.op_in_to_cm(text) is 'Inches to centimetres.';

grant execute on function app.op_in_to_cm(text) to authenticated, service_role;

-- sql/ingestion/operations/op_kg_to_g.sql
-- Kilograms to grams; a unit in the cell is believed over the operation's name.
create or replace function app.op_kg_to_g(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return app.convert_amount(value, 'kg', 'g');
end;
$$;

comment on function app.op_kg_to_g(text) is 'Kilograms to grams.';

grant execute on function app.op_kg_to_g(text) to authenticated, service_role;

-- sql/ingestion/operations/op_kj_to_kcal.sql
-- Kilojoules to kilocalories; a unit in the cell is believed over the operation's name.
create or replace function app.op_kj_to_kcal(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return app.convert_amount(value, 'kj', 'kcal');
end;
$$;

comment on function app.op_kj_to_kcal(text) is 'Kilojoules to kilocalories.';

grant execute on function app.op_kj_to_kcal(text) to authenticated, service_role;

-- sql/ingestion/operations/op_l_to_ml.sql
-- Litres to millilitres; a unit in the cell is believed over the operation's name.
create or replace function app.op_l_to_ml(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return app.convert_amount(value, 'l', 'ml');
end;
$$;

comment on function app.op_l_to_ml(text) is 'Litres to millilitres.';

grant execute on function app.op_l_to_ml(text) to authenticated, service_role;

-- sql/ingestion/operations/op_last.sql
-- The last element of a list in a cell: "Snacks, Chocolates" -> "Chocolates".
create or replace function app.op_last(value text, "by" text default null)
returns text
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_parts text[];
begin
  v_parts := app.op_split(value, "by");
  return coalesce(v_parts[cardinality(v_parts)], value);
end;
$$;

comment on function app.op_last(text, text) is 'The last element of a list.';

grant execute on function app.op_last(text, text) to authenticated, service_role;

-- sql/ingestion/operations/op_lb_to_g.sql
-- Pounds to grams; a unit in the cell is believed over the operation's name.
create or replace function app.op_lb_to_g(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return app.convert_amount(value, 'lb', 'g');
end;
$$;

comment on function app.op_lb_to_g(text) is 'Pounds to grams.';

grant execute on function app.op_lb_to_g(text) to authenticated, service_role;

-- sql/ingestion/operations/op_lb_to_kg.sql
-- Pounds to kilograms; a unit in the cell is believed over the operation's name.
create or replace function app.op_lb_to_kg(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return app.convert_amount(value, 'lb', 'kg');
end;
$$;

comment on function app.op_lb_to_kg(text) is 'Pounds to kilograms.';

grant execute on function app.op_lb_to_kg(text) to authenticated, service_role;

-- sql/ingestion/operations/op_lower.sql
-- Lower case.
create or replace function app.op_lower(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return lower(value);
end;
$$;

comment on function app.op_lower(text) is 'Lower case.';

grant execute on function app.op_lower(text) to authenticated, service_role;

-- sql/ingestion/operations/op_m_to_cm.sql
-- Metres to centimetres; a unit in the cell is believed over the operation's name.
create or replace function app.op_m_to_cm(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return app.convert_amount(value, 'm', 'cm');
end;
$$;

comment on function app.op_m_to_cm(text) is 'Metres to centimetres.';

grant execute on function app.op_m_to_cm(text) to authenticated, service_role;

-- sql/ingestion/operations/op_map.sql
-- Swaps words by a table, e.g. {"draft": "inactive", "1": "active"}; case, accents and blanks do not matter.
-- A word that is not in the table stays.
create or replace function app.op_map(value text, "values" jsonb)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return coalesce(
    (
      select m.value
      from jsonb_each_text("values") as m
      where app.fold_text(m.key) = app.fold_text(op_map.value)
      limit 1
    ),
    value
  );
end;
$$;

comment on function app.op_map(text, jsonb) is 'Swaps words by a table; others stay.';

grant execute on function app.op_map(text, jsonb) to authenticated, service_role;

-- sql/ingestion/operations/op_mcg_to_g.sql
-- Micrograms to grams; a unit in the cell is believed over the operation's name.
create or replace function app.op_mcg_to_g(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return app.convert_amount(value, 'mcg', 'g');
end;
$$;

comment on function app.op_mcg_to_g(text) is 'Micrograms to grams.';

grant execute on function app.op_mcg_to_g(text) to authenticated, service_role;

-- sql/ingestion/operations/op_mcg_to_mg.sql
-- Micrograms to milligrams; a unit in the cell is believed over the operation's name.
create or replace function app.op_mcg_to_mg(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return app.convert_amount(value, 'mcg', 'mg');
end;
$$;

comment on function app.op_mcg_to_mg(text) is 'Micrograms to milligrams.';

grant execute on function app.op_mcg_to_mg(text) to authenticated, service_role;

-- sql/ingestion/operations/op_mg_to_g.sql
-- Milligrams to grams; a unit in the cell is believed over the operation's name.
create or replace function app.op_mg_to_g(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return app.convert_amount(value, 'mg', 'g');
end;
$$;

comment on function app.op_mg_to_g(text) is 'Milligrams to grams.';

grant execute on function app.op_mg_to_g(text) to authenticated, service_role;

-- sql/ingestion/operations/op_mg_to_mcg.sql
-- Milligrams to micrograms; a unit in the cell is believed over the operation's name.
create or replace function app.op_mg_to_mcg(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return app.convert_amount(value, 'mg', 'mcg');
end;
$$;

comment on function app.op_mg_to_mcg(text) is 'Milligrams to micrograms.';

grant execute on function app.op_mg_to_mcg(text) to authenticated, service_role;

-- sql/ingestion/operations/op_money.sql
-- An amount of money without its currency: "$1,299.00", "3,50 €", "EUR 12" -> plain numbers; "-", "n/a" -> null.
create or replace function app.op_money(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
declare
  v_amount text;
  v_parsed record;
begin
  -- Nearly every cell there is.
  if value ~ '^(?:0|[1-9][0-9]{0,9})(?:\.[0-9]{1,2})?$' then
    return value;
  end if;
  if app.op_null_if(value) is null then
    return null;
  end if;
  v_amount := btrim(
    regexp_replace(
      value,
      '^\s*(?:[A-Z]{3}|(?:US|C|A|CA|AU)?[$€£¥₹])\s*|\s*(?:[A-Z]{3}|[$€£¥₹]|euros?|dollars?)\s*$', '', 'gi'
    )
  );
  v_parsed := app.parse_decimal(v_amount);
  if v_parsed.number is null or v_parsed.rest <> '' then
    return value;
  end if;
  return v_parsed.number::text;
end;
$$;

comment on function app.op_money(text) is 'An amount of money without its currency.';

grant execute on function app.op_money(text) to authenticated, service_role;

-- sql/ingestion/operations/op_null_if.sql
-- Makes nothing of the words that stand for nothing: those given, or by default N/A, null, none, unknown, -, ?
-- and the errors a spreadsheet leaves (#N/A, #NAME?).
create or replace function app.op_null_if(value text, "values" jsonb default null)
returns text
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  if "values" is not null then
    if exists (
      select from jsonb_array_elements_text("values") as v (word) where app.fold_text(v.word) = app.fold_text(value)
    ) then
      return null;
    end if;
    return value;
  end if;
  if value ~* '^\s*(?:n\.?\s?/?a\.?|n\.?c\.?|null|nil|none|nan|undefined|unknown|inconnu|desconocido|unbekannt'
    '|non renseign[eé]|not available|-+|–|—|\?+|\.+|#(?:n/a|name\?|ref!|value!|div/0!|num!|null!))\s*$'
  then
    return null;
  end if;
  return value;
end;
$$;

comment on function app.op_null_if(text, jsonb) is 'Null for the words that stand for nothing.';

grant execute on function app.op_null_if(text, jsonb) to authenticated, service_role;

-- sql/ingestion/operations/op_oz_to_g.sql
-- Ounces to grams; a unit in the cell is believed over the operation's name.
create or replace function app.op_oz_to_g(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return app.convert_amount(value, 'oz', 'g');
end;
$$;

comment on function app.op_oz_to_g(text) is 'Ounces to grams.';

grant execute on function app.op_oz_to_g(text) to authenticated, service_role;

-- sql/ingestion/operations/op_parse_number.sql
-- A number as people write it (docs/transform_operations.md) in plain form: "1.234,56" -> 1234.56, "< 0.5" -> 0.5,
-- "traces" -> 0, "3,4 g" -> 3.4. What follows the number must be a unit or a percent sign.
create or replace function app.op_parse_number(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
declare
  v_parsed record;
begin
  v_parsed := app.parse_decimal(value);
  if v_parsed.number is null
    or (v_parsed.rest not in ('', '%') and (app.unit_scale(app.fold_token(v_parsed.rest))).dimension is null)
  then
    return value;
  end if;
  return trim_scale(v_parsed.number)::text;
end;
$$;

comment on function app.op_parse_number(text) is 'A number as people write it, in plain form.';

grant execute on function app.op_parse_number(text) to authenticated, service_role;

-- sql/ingestion/operations/op_prefix_strip.sql
-- Takes a given beginning off, whatever its case ("INGREDIENTS: "), and the blanks after it.
create or replace function app.op_prefix_strip(value text, prefix text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  if lower(left(value, length(prefix))) = lower(prefix) then
    return ltrim(substr(value, length(prefix) + 1));
  end if;
  return value;
end;
$$;

comment on function app.op_prefix_strip(text, text) is 'Takes a given beginning off, whatever its case.';

grant execute on function app.op_prefix_strip(text, text) to authenticated, service_role;

-- sql/ingestion/operations/op_replace.sql
-- Puts one text in the place of another, everywhere, letter for letter.
create or replace function app.op_replace(value text, "from" text, "to" text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return replace(value, "from", "to");
end;
$$;

comment on function app.op_replace(text, text, text) is 'Replaces one text by another, everywhere.';

grant execute on function app.op_replace(text, text, text) to authenticated, service_role;

-- sql/ingestion/operations/op_round.sql
-- Rounds a number to so many decimals; a unit behind it stays.
create or replace function app.op_round(value text, digits int default 0)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
declare
  v_parsed record;
begin
  v_parsed := app.parse_decimal(value);
  if v_parsed.number is null then
    return value;
  end if;
  return round(v_parsed.number, digits)::text || case v_parsed.rest when '' then '' else ' ' || v_parsed.rest end;
end;
$$;

comment on function app.op_round(text, int) is 'Rounds a number.';

grant execute on function app.op_round(text, int) to authenticated, service_role;

-- sql/ingestion/operations/op_salt_to_sodium.sql
-- Sodium from salt: 40 % of it, as EU labels reckon (salt = sodium x 2.5, Regulation 1169/2011). Keeps the unit:
-- follow it with g_to_mg.
create or replace function app.op_salt_to_sodium(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return app.op_scale(value, 0.4);
end;
$$;

comment on function app.op_salt_to_sodium(text) is 'Sodium from salt: 40 % of it, in the same unit.';

grant execute on function app.op_salt_to_sodium(text) to authenticated, service_role;

-- sql/ingestion/operations/op_scale.sql
-- Multiplies a number; a unit behind it stays.
create or replace function app.op_scale(value text, "by" numeric)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
declare
  v_parsed record;
begin
  v_parsed := app.parse_decimal(value);
  if v_parsed.number is null then
    return value;
  end if;
  return trim_scale(round(v_parsed.number * "by", 12))::text
    || case v_parsed.rest when '' then '' else ' ' || v_parsed.rest end;
end;
$$;

comment on function app.op_scale(text, numeric) is 'Multiplies a number; a unit behind it stays.';

grant execute on function app.op_scale(text, numeric) to authenticated, service_role;

-- sql/ingestion/operations/op_split.sql
-- Makes a list of a cell: at the given text, or else at commas, semicolons and pipes outside brackets ("soy (lecithin,
-- oil), milk" has two elements). An array is read as one, in JSON, as Postgres writes it ("{milk,eggs}") or as Python
-- does ("['milk', 'eggs']"). Elements are trimmed, blank ones dropped; null for null.
create or replace function app.op_split(value text, "by" text default null)
returns text[]
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_parts text[];
begin
  if value is null then
    return null;
  end if;
  -- Words without brackets or blanks beside them: three times as fast, and the rule in files made by machines.
  if "by" is null and value <> ''
    and value !~ '[(\[{]|^[\s\u00a0,;|]|[\s\u00a0,;|]$|[\s\u00a0,;|][,;|]|[,;|][\s\u00a0]' then
    return string_to_array(translate(value, ';|', ',,'), ',');
  end if;
  if value ~ '^\s*\[.*\]\s*$' and pg_input_is_valid(value, 'jsonb') then
    v_parts := array(select e.element from jsonb_array_elements_text(value::jsonb) as e (element));
  elsif value ~ '^\s*\{.*\}\s*$' and pg_input_is_valid(value, 'text[]') then
    v_parts := value::text[];
  elsif value ~ '^\s*\[[^][]*\]\s*$' then
    v_parts := array(
      select regexp_replace(btrim(m.match[1]), '^(["''])(.*)\1$', '\2')
      from regexp_matches(
        substring(value from '\[(.*)\]'), '((?:\s*''[^'']*''\s*|\s*"[^"]*"\s*|[^,;|]*))(?:[,;|]|$)', 'g'
      ) as m (match)
    );
  elsif "by" is not null and "by" <> '' then
    v_parts := string_to_array(value, "by");
  elsif value ~ '[(\[{]' then
    v_parts := array(
      select m.match[1]
      from regexp_matches(
        value,
        '((?:[^,;|(\[{]|\([^()]*(?:\([^()]*\)[^()]*)*(?:\)|$)|\[[^\]]*(?:\]|$)|\{[^}]*(?:\}|$))+)', 'g'
      ) as m (match)
    );
  else
    v_parts := regexp_split_to_array(value, '[,;|]');
  end if;
  return array(
    select btrim(p.part, E' \t\r\n\u00a0')
    from unnest(v_parts) with ordinality as p (part, position)
    where p.part ~ '[^[:space:]\u00a0]'
    order by p.position
  );
end;
$$;

comment on function app.op_split(text, text) is 'Makes a list of a cell.';

grant execute on function app.op_split(text, text) to authenticated, service_role;

-- sql/ingestion/operations/op_strip_emphasis.sql
-- Takes out the marks that Open Food Facts puts around allergens in ingredients ("_milk_", "*organic*").
create or replace function app.op_strip_emphasis(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  if strpos(value, '_') = 0 and strpos(value, '*') = 0 then
    return value;
  end if;
  return regexp_replace(
    regexp_replace(value, '(^|[^[:alnum:]_])_+([^_]+)_+(?![[:alnum:]])', '\1\2', 'g'),
    '(^|[^[:alnum:]*])\*\*?([^*]+)\*\*?(?![[:alnum:]])', '\1\2', 'g'
  );
end;
$$;

comment on function app.op_strip_emphasis(text) is 'Takes out _underscores_ and *stars* around words.';

grant execute on function app.op_strip_emphasis(text) to authenticated, service_role;

-- sql/ingestion/operations/op_strip_html.sql
-- Takes out tags, comments, scripts and styles. A "<" that opens no tag stays ("< 5 %"). Entities are decode_entities'
-- work.
create or replace function app.op_strip_html(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
declare
  v_text text := value;
begin
  if strpos(value, '<') = 0 then
    return value;
  end if;
  v_text := app.strip_between(v_text, '<script\M', '</script\s*>');
  v_text := app.strip_between(v_text, '<style\M', '</style\s*>');
  v_text := app.strip_between(v_text, '<!--', '-->');
  return btrim(regexp_replace(regexp_replace(v_text, '</?[a-z][^<>]*>|<![a-z][^<>]*>', ' ', 'gi'), '  +', ' ', 'g'));
end;
$$;

comment on function app.op_strip_html(text) is 'Takes HTML tags, comments, scripts and styles out of a text.';

grant execute on function app.op_strip_html(text) to authenticated, service_role;

-- sql/ingestion/operations/op_suffix_strip.sql
-- Takes a given ending off, whatever its case, and the blanks before it.
create or replace function app.op_suffix_strip(value text, suffix text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  if suffix <> '' and lower(right(value, length(suffix))) = lower(suffix) then
    return rtrim(left(value, length(value) - length(suffix)));
  end if;
  return value;
end;
$$;

comment on function app.op_suffix_strip(text, text) is 'Takes a given ending off, whatever its case.';

grant execute on function app.op_suffix_strip(text, text) to authenticated, service_role;

-- sql/ingestion/operations/op_title_case.sql
-- Capital first letters for a text that shouts or whispers; mixed case is left as somebody wrote it.
create or replace function app.op_title_case(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  if value <> upper(value) and value <> lower(value) then
    return value;
  end if;
  return regexp_replace(initcap(value), '([[:alpha:]][''’])S\M', '\1s', 'g');
end;
$$;

comment on function app.op_title_case(text) is
  'Capital first letters, for a text all in capitals or all in small letters.';

grant execute on function app.op_title_case(text) to authenticated, service_role;

-- sql/ingestion/operations/op_to_cm.sql
-- A bare number is already in centimetres; a cell that names another unit is converted.
create or replace function app.op_to_cm(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return app.convert_amount(value, 'cm', 'cm');
end;
$$;

comment on function app.op_to_cm(text) is 'An amount in centimetres; bare numbers are already.';

grant execute on function app.op_to_cm(text) to authenticated, service_role;

-- sql/ingestion/operations/op_to_g.sql
-- A bare number is already in grams; a cell that names another unit is converted.
create or replace function app.op_to_g(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return app.convert_amount(value, 'g', 'g');
end;
$$;

comment on function app.op_to_g(text) is 'An amount in grams; bare numbers are already.';

grant execute on function app.op_to_g(text) to authenticated, service_role;

-- sql/ingestion/operations/op_to_kcal.sql
-- A bare number is already in kilocalories; a cell that names another unit is converted.
create or replace function app.op_to_kcal(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return app.convert_amount(value, 'kcal', 'kcal');
end;
$$;

comment on function app.op_to_kcal(text) is 'An amount in kilocalories; bare numbers are already.';

grant execute on function app.op_to_kcal(text) to authenticated, service_role;

-- sql/ingestion/operations/op_to_kg.sql
-- A bare number is already in kilograms; a cell that names another unit is converted, also stones and pounds
-- ("11 st 4 lb"). Stones are known here only: on a package "10 St" is ten pieces.
create or replace function app.op_to_kg(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
declare
  v_parts text[];
begin
  if value ~* 'st' then
    v_parts := regexp_match(
      value, '^\s*(\d{1,3}(?:\.\d+)?)\s*(?:st|stones?)\.?\s*(?:(\d{1,2}(?:\.\d+)?)\s*(?:lbs?|pounds?)?\.?)?\s*$', 'i'
    );
    if v_parts is not null then
      return trim_scale((v_parts[1]::numeric * 14 + coalesce(v_parts[2]::numeric, 0)) * 0.45359237)::text;
    end if;
  end if;
  return app.convert_amount(value, 'kg', 'kg');
end;
$$;

comment on function app.op_to_kg(text) is 'An amount in kilograms; bare numbers are already.';

grant execute on function app.op_to_kg(text) to authenticated, service_role;

-- sql/ingestion/operations/op_to_mcg.sql
-- A bare number is already in micrograms; a cell that names another unit is converted.
create or replace function app.op_to_mcg(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return app.convert_amount(value, 'mcg', 'mcg');
end;
$$;

comment on function app.op_to_mcg(text) is 'An amount in micrograms; bare numbers are already.';

grant execute on function app.op_to_mcg(text) to authenticated, service_role;

-- sql/ingestion/operations/op_to_mg.sql
-- A bare number is already in milligrams; a cell that names another unit is converted.
create or replace function app.op_to_mg(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return app.convert_amount(value, 'mg', 'mg');
end;
$$;

comment on function app.op_to_mg(text) is 'An amount in milligrams; bare numbers are already.';

grant execute on function app.op_to_mg(text) to authenticated, service_role;

-- sql/ingestion/operations/op_to_ml.sql
-- A bare number is already in millilitres; a cell that names another unit is converted.
create or replace function app.op_to_ml(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return app.convert_amount(value, 'ml', 'ml');
end;
$$;

comment on function app.op_to_ml(text) is 'An amount in millilitres; bare numbers are already.';

grant execute on function app.op_to_ml(text) to authenticated, service_role;

-- sql/ingestion/operations/op_trim.sql
-- Takes blanks of every kind off both ends, no-break and zero-width ones included.
create or replace function app.op_trim(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return regexp_replace(value, '^[\s\u00a0\u200b\u202f\u3000\ufeff]+|[\s\u00a0\u200b\u202f\u3000\ufeff]+$', '', 'g');
end;
$$;

comment on function app.op_trim(text) is 'Takes blanks off both ends.';

grant execute on function app.op_trim(text) to authenticated, service_role;

-- sql/ingestion/operations/op_untag.sql
-- Words from an Open Food Facts tag: "en:plant-based-foods" -> "Plant based foods". Anything else stays.
create or replace function app.op_untag(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
declare
  v_words text;
begin
  if value !~ '^\s*[a-z]{2,3}:\S' then
    return value;
  end if;
  v_words := btrim(regexp_replace(regexp_replace(value, '^\s*[a-z]{2,3}:', ''), '[-_ ]+', ' ', 'g'));
  return upper(left(v_words, 1)) || substr(v_words, 2);
end;
$$;

comment on function app.op_untag(text) is 'Words from a tag like en:plant-based-foods.';

grant execute on function app.op_untag(text) to authenticated, service_role;

-- sql/ingestion/operations/op_upper.sql
-- Upper case.
create or replace function app.op_upper(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return upper(value);
end;
$$;

comment on function app.op_upper(text) is 'Upper case.';

grant execute on function app.op_upper(text) to authenticated, service_role;

-- sql/ingestion/operations/op_with_unit.sql
-- Puts a unit behind a bare number, for columns that name their unit in the header; text that says more stays.
create or replace function app.op_with_unit(value text, unit text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return case when value ~ '^\s*[0-9][0-9.,\u00a0 ]*\s*$' then btrim(value) || ' ' || unit else value end;
end;
$$;

comment on function app.op_with_unit(text, text) is 'A bare number with a unit behind it.';

grant execute on function app.op_with_unit(text, text) to authenticated, service_role;

-- sql/ingestion/operations/operation_faults.sql
-- What is wrong with a list of operations, as field errors below a JSON pointer; an empty list when nothing is.
-- "split" makes a list and must therefore be last.
create or replace function app.operation_faults(ops jsonb, pointer text default '/transform_ops')
returns jsonb
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_faults jsonb := '[]';
  v_place text;
  v_step record;
  v_known record;
  v_argument record;
begin
  if jsonb_typeof(ops) is distinct from 'array' or jsonb_array_length(ops) > 20 then
    return jsonb_build_array(app.field_error(pointer, 'type', 'Operations are a list of at most 20.'));
  end if;
  for v_step in
    select
      e.position - 1 as index,
      case jsonb_typeof(e.step) when 'string' then e.step #>> '{}' when 'object' then e.step ->> 'op' end as name,
      case jsonb_typeof(e.step) when 'object' then e.step - 'op' else '{}' end as arguments,
      e.position = jsonb_array_length(ops) as is_last
    from jsonb_array_elements(ops) with ordinality as e (step, position)
  loop
    v_place := pointer || '/' || v_step.index;
    select o.* into v_known from app.transform_operations() as o where o.name = v_step.name;
    if not found then
      v_faults := v_faults || app.field_error(
        v_place, 'unknown_operation',
        format(
          '"%s" is no operation. The operations are %s.', coalesce(v_step.name, '?'),
          (select string_agg(o.name, ', ') from app.transform_operations() as o)
        )
      );
      continue;
    end if;
    if v_step.name = 'split' and not v_step.is_last then
      v_faults := v_faults || app.field_error(v_place, 'order', '"split" makes a list, so it comes last.');
    end if;
    for v_argument in
      select
        coalesce(k.key, g.key) as key, g.value, k.value as type,
        case btrim(k.value, '?')
          when 'string' then jsonb_typeof(g.value) = 'string'
          when 'number' then jsonb_typeof(g.value) = 'number'
          when 'integer' then g.value::text ~ '^-?\d{1,2}$'
          when 'object' then jsonb_typeof(g.value) = 'object'
          when 'strings' then jsonb_typeof(g.value) = 'array'
        end as fits
      from jsonb_each_text(v_known.arguments) as k
      full join jsonb_each(v_step.arguments) as g on g.key = k.key
    loop
      if v_argument.type is null then
        v_faults := v_faults || app.field_error(
          v_place || '/' || v_argument.key, 'unknown_argument',
          format('"%s" takes no argument "%s".', v_step.name, v_argument.key)
        );
      elsif (v_argument.value is null and v_argument.type not like '%?') or not v_argument.fits then
        v_faults := v_faults || app.field_error(
          v_place || '/' || v_argument.key, 'argument',
          format('"%s" needs "%s" (%s).', v_step.name, v_argument.key, btrim(v_argument.type, '?'))
        );
      end if;
    end loop;
  end loop;
  return v_faults;
end;
$$;

comment on function app.operation_faults(jsonb, text) is
  'Field errors of a list of transform operations; empty when it can run.';

grant execute on function app.operation_faults(jsonb, text) to authenticated, service_role;

-- sql/ingestion/operations/operations_expression.sql
-- Compiles operations around a SQL expression: '["trim", {"op": "scale", "by": 2}]' around r.c3 gives
-- app.op_scale(app.op_trim(r.c3), "by" => '2'). Names come from the registry and arguments are quoted, so the result is
-- as safe as the expression given. With as_list the result is text[]: split is added unless it is there.
create or replace function app.operations_expression(ops jsonb, expression text, as_list boolean default false)
returns text
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_result text := expression;
  v_name text;
  v_step jsonb;
  -- Nearly every cell holds nothing of this: then operations that only tidy text are not called.
  untidy constant text :=
    '[&<_*\u0001-\u001f\u007f\u0085\u00a0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u3000\ufeff]|  |^ | $';
  tidying constant text[] := '{trim,collapse_blanks,decode_entities,strip_html,strip_emphasis}';
  v_idle text[] := '{}';
begin
  perform app.validate_operations(ops);
  for v_step in select e.step from jsonb_array_elements(ops) as e (step) loop
    v_name := case jsonb_typeof(v_step) when 'string' then v_step #>> '{}' else v_step ->> 'op' end;
    -- When the step leaves a cell as it is; null where only the operation itself can tell.
    v_idle := array_append(v_idle, case
      when v_name = any (tidying) then format('%s !~ %L', expression, untidy)
      when v_name in ('first', 'last') and v_step ->> 'by' <> '' then format(
        '%1$s !~ %2$L and strpos(%1$s, %3$L) = 0',
        expression, '^[[:space:]\u00a0]|[[:space:]\u00a0]$|^\[', v_step ->> 'by'
      )
      when v_name = 'prefix_strip'
        then format('not starts_with(lower(%s), %L)', expression, lower(v_step ->> 'prefix'))
      when v_name = 'money' then format('%s ~ %L', expression, '^(?:0|[1-9][0-9]{0,9})(?:\.[0-9]{1,2})?$')
      when v_name = 'currency' then format('%s ~ %L', expression, '^[A-Z]{3}$')
      when v_name = 'lower' then format('%s ~ %L', expression, '^[a-z_]+$')
      when v_name = 'map' then format(
        '%1$s ~ %2$L and %1$s <> all (%3$L::text[])',
        expression, '^[a-z_]+$',
        (select array_agg(app.fold_text(m.key)) from jsonb_object_keys(v_step -> 'values') as m (key))
      )
    end);
    -- A table of words is folded here, once, instead of for every cell. The value stands in it twice: short ones only.
    if v_name = 'map' and v_step -> 'values' <> '{}' and length(v_result) < 1000 then
      select format(
        'case app.fold_text(%1$s) %2$s else %1$s end',
        v_result,
        string_agg(
          format('when %L then coalesce(%L, %s)', app.fold_text(m.key), m.value, v_result), ' ' order by m.place
        )
      )
      into v_result
      from jsonb_each_text(v_step -> 'values') with ordinality as m (key, value, place);
      continue;
    end if;
    v_result := format('app.%I(%s', 'op_' || v_name, v_result);
    if jsonb_typeof(v_step) = 'object' then
      v_result := v_result || coalesce(
        (
          select string_agg(format(', %s => %L', quote_ident(a.key), a.value), '' order by a.key)
          from jsonb_each_text(v_step - 'op') as a
        ), ''
      );
    end if;
    v_result := v_result || ')';
  end loop;
  if cardinality(v_idle) > 0 and array_position(v_idle, null) is null then
    v_result := format('case when %s then %s else %s end', (
      select string_agg(distinct i.condition, ' and ' order by i.condition) from unnest(v_idle) as i (condition)
    ), expression, v_result);
  end if;
  if as_list and v_name is distinct from 'split' then
    v_result := format('app.op_split(%s)', v_result);
  end if;
  return v_result;
end;
$$;

comment on function app.operations_expression(jsonb, text, boolean) is
'The SQL expression that applies a list of transform operations to an expression.';

grant execute on function app.operations_expression(jsonb, text, boolean) to authenticated, service_role;

-- sql/ingestion/operations/parse_date.sql
-- A date written with the parts in a given order (ymd, mdy or dmy), in ISO form; what is no such date comes back
-- unchanged. A date already in ISO form passes in every order. A time of day behind it is dropped.
create or replace function app.parse_date(value text, part_order text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
declare
  v_parts text[];
  v_date text;
begin
  v_parts := regexp_match(value, '^\s*(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?:[T ]\d{1,2}:\d{2}.*)?\s*$');
  v_parts := coalesce(
    v_parts, regexp_match(value, '^\s*(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})(?:[T ]\d{1,2}:\d{2}.*)?\s*$')
  );
  if v_parts is not null then
    v_date := app.build_date(v_parts[1], v_parts[2], v_parts[3]);
  elsif part_order in ('mdy', 'dmy') then
    v_parts := regexp_match(
      value,
      '^\s*([[:alpha:]]{3,}|\d{1,2})(?:\.|st|nd|rd|th)?[-/., ]\s*'
      '([[:alpha:]]{3,}|\d{1,2})(?:\.|st|nd|rd|th)?[-/., ]\s*(\d{4}|\d{2})'
      '(?:,?[T ]+\d{1,2}:\d{2}.*)?\s*$'
    );
    -- A month by name says itself where it stands; dots are written where the day comes first.
    if v_parts[1] ~ '^\d+$' and (
      v_parts[2] ~ '^[[:alpha:]]' or part_order = 'dmy' or value ~ '^\s*\d{1,2}\.\s?\d{1,2}\.'
    ) then
      v_date := app.build_date(v_parts[3], v_parts[2], v_parts[1]);
    elsif v_parts[2] ~ '^\d+$' then
      v_date := app.build_date(v_parts[3], v_parts[1], v_parts[2]);
    end if;
  end if;
  return coalesce(v_date, value);
end;
$$;

comment on function app.parse_date(text, text) is
  'A date with its parts in the given order, in ISO form; unchanged when it is none.';

grant execute on function app.parse_date(text, text) to authenticated, service_role;

-- sql/ingestion/operations/parse_decimal.sql
-- A number as people write it: 1.234,56 and 1,234.56, blanks and apostrophes between thousands, "< 0.5", "~12",
-- "5.3e-05", "12 %", "3,4 g", "traces" (0). Null when it is no single number. The unit, if any, is left to the caller.
-- With decimal_mark ',' a lone comma is always the decimal mark; otherwise "1,234" is a thousand and "0,125" is not.
create or replace function app.parse_decimal(
  value text, decimal_mark text default null, out number numeric, out rest text
)
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_parts text[];
  v_digits text;
  v_comma int;
  v_dot int;
begin
  if value ~ '^-?[0-9]{1,15}(\.[0-9]{1,15})?$' and (decimal_mark is null or value !~ '^[1-9][0-9]{0,2}\.[0-9]{3}$') then
    number := value::numeric;
    rest := '';
    return;
  end if;
  if value !~ '[0-9]' then
    if app.fold_token(value) in ('trace', 'traces', 'tr', 'spuren', 'trazas', 'traza', 'tracce', 'sporen') then
      number := 0;
      rest := '';
    end if;
    return;
  end if;
  v_parts := regexp_match(
    translate(value, U&'\00A0\2007\2009\202F\2212\2019', '    -'''),
    '^\s*(?:(?:[<>≤≥~≈±]=?|about|approx\.?|ca\.?|circa|environ|env\.?|etwa|max\.?|min\.?|less than|more than)\s*)*'
    '([-+]?)((?:\d[\d.,'' ]*)?\d|[.,]\d+)(?:[eE]([-+]?\d{1,2})(?!\d))?\s*([^\d]*)$',
    'i'
  );
  -- Blanks and apostrophes part thousands, nothing else: 5'13 is no number.
  if v_parts is null or (v_parts[2] ~ '[ '']' and v_parts[2] !~ '^\d{1,3}([ '']\d{3})+([.,]\d+)?$') then
    return;
  end if;
  v_digits := translate(v_parts[2], ' ''', '');
  v_comma := length(v_digits) - length(translate(v_digits, ',', ''));
  v_dot := length(v_digits) - length(translate(v_digits, '.', ''));
  v_digits := case
    when v_comma > 0 and v_dot > 0 and strpos(reverse(v_digits), ',') < strpos(reverse(v_digits), '.')
      then replace(replace(v_digits, '.', ''), ',', '.')
    when v_comma > 0 and v_dot > 0 then replace(v_digits, ',', '')
    when v_comma > 1 then replace(v_digits, ',', '')
    when v_dot > 1 then replace(v_digits, '.', '')
    when v_dot = 1 and decimal_mark = ',' and v_digits ~ '^[1-9]\d{0,2}\.\d{3}$' then replace(v_digits, '.', '')
    when v_comma = 1 and decimal_mark is null and v_digits ~ '^[1-9]\d{0,2},\d{3}$' then replace(v_digits, ',', '')
    else replace(v_digits, ',', '.')
  end;
  if v_digits !~ '^\d{0,30}(\.\d{1,30})?$' then
    return;
  end if;
  number := (v_parts[1] || v_digits)::numeric;
  if v_parts[3] is not null then
    number := number * 10::numeric ^ v_parts[3]::int;
  end if;
  rest := btrim(v_parts[4]);
end;
$$;

comment on function app.parse_decimal(text, text) is
'A number as people write it, and what follows it; null when the text is no single number.';

grant execute on function app.parse_decimal(text, text) to authenticated, service_role;

-- sql/ingestion/operations/parse_quantity.sql
-- What a serving or a package weighs: amount and unit as stated first, base_amount in g or ml (base_unit). Of several
-- amounts the surest gives the base: the first metric one ("1 cup (240 ml)", "12 oz/340 g", "500 g (4 x 125 g)"), then
-- ounces and pounds, then cups and spoons. All null when the text holds no amount.
create or replace function app.parse_quantity(
  value text, out amount numeric, out unit text, out base_amount numeric, out base_unit text
)
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  -- The common forms first: "30 g", "85.0 GRM", "250ml".
  if value ~ '^\s*[0-9]{1,9}(\.[0-9]{1,6})?\s*[A-Za-z]{0,3}\s*$' then
    amount := trim_scale(substring(value from '[0-9.]+')::numeric);
    unit := nullif(lower(substring(value from '[A-Za-z]+')), '');
    select
      case s.dimension when 'mass' then 'g' when 'volume' then 'ml' end,
      case when s.dimension in ('mass', 'volume') then trim_scale(round(parse_quantity.amount * s.factor, 3)) end
    into base_unit, base_amount
    from app.unit_scale(parse_quantity.unit) as s;
    return;
  end if;
  with terms as materialized (
    select t.*, t.factor in (1, 1000, 0.001, 0.000001, 10, 100) as is_metric
    from app.quantity_terms(value) as t
  ),
  stated as (
    select t.amount, t.unit from terms as t order by t.place limit 1
  ),
  surest as (
    select
      trim_scale(round(t.amount * t.factor, 3)) as amount,
      case t.dimension when 'mass' then 'g' else 'ml' end as unit
    from terms as t
    where t.dimension in ('mass', 'volume') and t.amount > 0
    order by t.is_metric desc, (t.factor not in (240, 15, 5)) desc, t.place
    limit 1
  )
  select s.amount, s.unit, b.amount, b.unit
  into parse_quantity.amount, parse_quantity.unit, base_amount, base_unit
  from stated as s
  left join surest as b on true;
end;
$$;

comment on function app.parse_quantity(text) is
'The first amount and unit in a text, and the best of its amounts in g or ml.';

grant execute on function app.parse_quantity(text) to authenticated, service_role;

-- sql/ingestion/operations/quantity_terms.sql
-- The amounts with their units in a text, in order: "1 cup (240 ml)" -> (1, cup), (240, ml). "4 x 125 g" counts 500;
-- fractions ("1 1/2", "½") are numbers.
create or replace function app.quantity_terms(value text)
returns table (place int, amount numeric, unit text, dimension text, factor numeric)
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_text text := lower(normalize(value, nfkc));
  v_match text[];
  v_number numeric;
  v_times numeric := 1;
begin
  place := 0;
  for v_match in
    select m.parts
    from regexp_matches(
      v_text,
      '(?:(\d+)\s+)?(\d+)\s*[/⁄]\s*(\d+)\s*((?:fl\.?\s*oz|fluid\s+ounces?|[[:alpha:]µ]+)?)'
      '|((?:\d[\d.,]*)?\d|\.\d+)\s*(x\s+(?=[\d.])|×|\*)?\s*((?:fl\.?\s*oz|fluid\s+ounces?|[[:alpha:]µ]+)?)', 'g'
    ) as m (parts)
  loop
    v_number := case
      when v_match[3] is null then (app.parse_decimal(v_match[5])).number
      when length(v_match[1] || v_match[2] || v_match[3]) > 12 or v_match[3]::numeric = 0 then null
      else coalesce(v_match[1], '0')::numeric + v_match[2]::numeric / v_match[3]::numeric
    end;
    continue when v_number is null;
    if v_match[6] is not null and coalesce(v_match[7], '') = '' then
      v_times := v_number;
      continue;
    end if;
    place := place + 1;
    amount := trim_scale(round(v_number * v_times, 6));
    v_times := 1;
    unit := nullif(app.fold_token(coalesce(v_match[4], v_match[7])), '');
    select s.dimension, s.factor into dimension, factor from app.unit_scale(unit) as s;
    return next;
  end loop;
end;
$$;

comment on function app.quantity_terms(text) is 'The amounts in a text with unit, dimension and factor to g or ml.';

grant execute on function app.quantity_terms(text) to authenticated, service_role;

-- sql/ingestion/operations/strip_between.sql
-- Takes out everything from an opening to the next closing pattern. Cut at the closings first, each piece is searched
-- once: a text of a million openings costs no more than one of a million letters. An opening without closing stays.
create or replace function app.strip_between(value text, opening text, closing text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
declare
  v_pieces text[];
begin
  if value !~* opening then
    return value;
  end if;
  v_pieces := regexp_split_to_array(value, closing, 'i');
  return (
    select string_agg(
      case p.place
        when cardinality(v_pieces) then p.piece
        else regexp_replace(p.piece, opening || '.*$', '', 'i')
      end,
      ' ' order by p.place
    )
    from unnest(v_pieces) with ordinality as p (piece, place)
  );
end;
$$;

comment on function app.strip_between(text, text, text) is 'A text without what stands between two patterns.';

grant execute on function app.strip_between(text, text, text) to authenticated, service_role;

-- sql/ingestion/operations/transform_operations.sql
-- The registry of transform operations: the one list of what a mapping may name. Each is the function app.op_<name>;
-- arguments maps an argument to its type, with "?" when it may be left out. A test holds registry, functions and
-- docs/transform_operations.md together.
create or replace function app.transform_operations()
returns table (name text, arguments jsonb, description text, example text)
language sql
immutable
parallel safe
set search_path = ''
as $$
  values
  ('trim', jsonb '{}', 'Takes blanks off both ends.', '"  Rice " -> "Rice"'),
  ('collapse_blanks', '{}', 'One blank for each run of blanks and line ends.', '"Brown   rice" -> "Brown rice"'),
  ('decode_entities', '{}', 'Characters in the place of HTML entities.', '"P&acirc;t&eacute;" -> "Pâté"'),
  ('strip_html', '{}', 'Takes out HTML tags, comments, scripts and styles.', '"<b>Rice</b>" -> "Rice"'),
  ('strip_emphasis', '{}', 'Takes out _underscores_ and *stars* around words.', '"_milk_, salt" -> "milk, salt"'),
  ('untag', '{}', 'Words from an Open Food Facts tag.', '"en:dark-chocolates" -> "Dark chocolates"'),
  ('lower', '{}', 'Lower case.', '"RICE" -> "rice"'),
  ('upper', '{}', 'Upper case.', '"usd" -> "USD"'),
  ('title_case', '{}', 'Capital first letters, for a text in one case only.', '"BROWN RICE" -> "Brown Rice"'),
  (
    'prefix_strip', '{"prefix": "string"}', 'Takes a given beginning off, whatever its case.',
    'prefix "INGREDIENTS:": "Ingredients: rice" -> "rice"'
  ),
  (
    'suffix_strip', '{"suffix": "string"}', 'Takes a given ending off, whatever its case.',
    'suffix "(R)": "Rice (R)" -> "Rice"'
  ),
  (
    'replace', '{"from": "string", "to": "string"}', 'Replaces one text by another, everywhere.',
    'from "|" to ",": "a|b" -> "a,b"'
  ),
  (
    'concat', '{"before": "string?", "after": "string?"}', 'Puts fixed text before or after a value that is not blank.',
    'before "SKU-": "12" -> "SKU-12"'
  ),
  ('default', '{"with": "string"}', 'A fixed value where the cell is null or blank.', 'with "USD": null -> "USD"'),
  ('with_unit', '{"unit": "string"}', 'A unit behind a bare number.', 'unit "g": "40" -> "40 g"'),
  (
    'flag', '{"token": "string", "when": "string?"}',
    'One word of a list from a column that says yes or no to it; `when`: yes (default), may, no.',
    'token "milk": "Y" -> "milk"'
  ),
  (
    'null_if', '{"values": "strings?"}',
    'Null for words that stand for nothing: those given, or N/A, null, unknown, - ...', '"N/A" -> null'
  ),
  (
    'map', '{"values": "object"}', 'Swaps words by a table; others stay.',
    'values {"draft": "inactive"}: "Draft" -> "inactive"'
  ),
  ('first', '{"by": "string?"}', 'The first element of a list.', '"Casino, Alter Eco" -> "Casino"'),
  ('last', '{"by": "string?"}', 'The last element of a list.', '"Snacks, Chocolates" -> "Chocolates"'),
  (
    'split', '{"by": "string?"}', 'Makes a list of a cell; the last operation of a list field.',
    '"en:milk,en:eggs" -> {en:milk, en:eggs}'
  ),
  ('parse_number', '{}', 'A number as people write it, in plain form; without unit.', '"1.234,56 g" -> "1234.56"'),
  ('decimal_comma', '{}', 'The same where the decimal mark is always a comma; keeps the unit.', '"1,234" -> "1.234"'),
  ('scale', '{"by": "number"}', 'Multiplies a number; a unit behind it stays.', 'by 0.025: "400" -> "10"'),
  ('round', '{"digits": "integer?"}', 'Rounds a number; a unit behind it stays.', 'digits 1: "3.14159" -> "3.1"'),
  ('money', '{}', 'An amount of money without its currency.', '"$1,299.00" -> "1299.00"'),
  ('currency', '{}', 'The ISO 4217 code in a cell.', '"3,50 €" -> "EUR"'),
  (
    'currency_of', '{"with": "string?"}', 'The currency an amount of money names, or a given one where it names none.',
    '"3,50 €" -> "EUR"'
  ),
  ('boolean', '{}', 'true or false from the words people use.', '"oui" -> "true"'),
  ('date_iso', '{}', 'A date written year, month, day; in ISO form.', '"20240105" -> "2024-01-05"'),
  ('date_mdy', '{}', 'A date written month, day, year.', '"1/5/2024" -> "2024-01-05"'),
  ('date_dmy', '{}', 'A date written day, month, year.', '"5/1/2024" -> "2024-01-05"'),
  ('date_epoch', '{}', 'A date from seconds or milliseconds since 1970.', '"1489077888" -> "2017-03-09"'),
  ('salt_to_sodium', '{}', 'Sodium from salt: 40 % of it, in the same unit.', '"1.5 g" -> "0.6 g"'),
  ('to_g', '{}', 'Grams; bare numbers are grams already.', '"250 mg" -> "0.25"'),
  ('to_mg', '{}', 'Milligrams; bare numbers are milligrams already.', '"0.4 g" -> "400"'),
  ('to_mcg', '{}', 'Micrograms; bare numbers are micrograms already.', '"0.4 mg" -> "400"'),
  ('to_kg', '{}', 'Kilograms; bare numbers are kilograms already.', '"150 lb" -> "68.0388555"'),
  ('to_ml', '{}', 'Millilitres; bare numbers are millilitres already.', '"33 cl" -> "330"'),
  ('to_cm', '{}', 'Centimetres; bare numbers are centimetres already.', '"1.75 m" -> "175"'),
  ('to_kcal', '{}', 'Kilocalories; bare numbers are kilocalories already.', '"1409 kJ" -> "336.76"'),
  ('g_to_mg', '{}', 'Grams to milligrams.', '"0.32" -> "320"'),
  ('g_to_mcg', '{}', 'Grams to micrograms.', '"5.2e-06" -> "5.2"'),
  ('mg_to_g', '{}', 'Milligrams to grams.', '"250" -> "0.25"'),
  ('mg_to_mcg', '{}', 'Milligrams to micrograms.', '"0.4" -> "400"'),
  ('mcg_to_g', '{}', 'Micrograms to grams.', '"250000" -> "0.25"'),
  ('mcg_to_mg', '{}', 'Micrograms to milligrams.', '"400" -> "0.4"'),
  ('kg_to_g', '{}', 'Kilograms to grams.', '"0.5" -> "500"'),
  ('g_to_kg', '{}', 'Grams to kilograms.', '"500" -> "0.5"'),
  ('oz_to_g', '{}', 'Ounces to grams.', '"2" -> "56.69904625"'),
  ('lb_to_g', '{}', 'Pounds to grams.', '"1" -> "453.59237"'),
  ('lb_to_kg', '{}', 'Pounds to kilograms.', '"150" -> "68.0388555"'),
  ('l_to_ml', '{}', 'Litres to millilitres.', '"1,5" -> "1500"'),
  ('cl_to_ml', '{}', 'Centilitres to millilitres.', '"33" -> "330"'),
  ('fl_oz_to_ml', '{}', 'US fluid ounces to millilitres.', '"8" -> "236.5882365"'),
  ('kj_to_kcal', '{}', 'Kilojoules to kilocalories.', '"1795" -> "429.02"'),
  ('in_to_cm', '{}', 'Inches to centimetres.', '"70" -> "177.8"'),
  ('m_to_cm', '{}', 'Metres to centimetres.', '"1.75" -> "175"'),
  ('ftin_to_cm', '{}', 'Feet and inches to centimetres.', '"5''11" -> "180.34"'),
  ('body_height', '{}', 'A person''s height in centimetres, the unit guessed where there is none.', '"71" -> "180.34"');
$$;

comment on function app.transform_operations() is
'The transform operations a mapping may name, with arguments, description and example.';

grant execute on function app.transform_operations() to authenticated, service_role;

-- sql/ingestion/operations/unit_scale.sql
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

-- sql/ingestion/operations/validate_operations.sql
-- Refuses a list of operations that cannot run: problem 400 naming each unknown operation or argument and the known.
create or replace function app.validate_operations(ops jsonb, pointer text default '/transform_ops')
returns void
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_faults jsonb := app.operation_faults(ops, pointer);
begin
  if jsonb_array_length(v_faults) > 0 then
    perform app.raise_problem(
      status => 400,
      type => 'invalid-input',
      detail => v_faults #>> '{0,detail}',
      errors => v_faults,
      hint => 'See docs/transform_operations.md.'
    );
  end if;
end;
$$;

comment on function app.validate_operations(jsonb, text) is
  'Problem 400 when a list of transform operations cannot run.';

grant execute on function app.validate_operations(jsonb, text) to authenticated, service_role;
