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
  v_latin constant text[] := string_to_array(
    'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute '
    'micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring '
    'AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml '
    'times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil '
    'egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash '
    'ugrave uacute ucirc uuml yacute thorn yuml', ' '
  );
  v_other constant jsonb := '{"amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "''", "OElig": "Œ", "oelig": "œ",
    "Scaron": "Š", "scaron": "š", "Yuml": "Ÿ", "fnof": "ƒ", "ndash": "–", "mdash": "—", "lsquo": "‘", "rsquo": "’",
    "sbquo": "‚", "ldquo": "“", "rdquo": "”", "bdquo": "„", "dagger": "†", "Dagger": "‡", "bull": "•", "hellip": "…",
    "permil": "‰", "prime": "′", "Prime": "″", "lsaquo": "‹", "rsaquo": "›", "euro": "€", "trade": "™", "le": "≤",
    "ge": "≥", "ne": "≠", "asymp": "≈", "alpha": "α", "beta": "β", "gamma": "γ", "omega": "ω", "mu": "μ", "minus": "−",
    "frasl": "⁄", "thinsp": " ", "ensp": " ", "emsp": " ", "zwnj": "", "zwj": "", "newline": "\n", "tab": "\t"}';
  v_code int;
begin
  if name ~ '^#[0-9]{1,7}$' then
    v_code := substr(name, 2)::int;
  elsif name ~* '^#x[0-9a-f]{1,6}$' then
    v_code := ('x' || lpad(substr(name, 3), 8, '0'))::bit(32)::int;
  elsif name = any(v_latin) then
    v_code := 159 + array_position(v_latin, name);
  else
    return v_other ->> name;
  end if;
  if v_code between 128 and 159 then
    v_code := v_windows[v_code - 127];
  end if;
  if v_code = 0 or v_code between 55296 and 57343 or v_code > 1114111 then
    return null;
  end if;
  return chr(v_code);
end;
$$;

comment on function app.html_entity(text) is 'The character of an HTML entity by name or number; null for none.';

grant execute on function app.html_entity(text) to authenticated, service_role;
