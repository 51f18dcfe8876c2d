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
