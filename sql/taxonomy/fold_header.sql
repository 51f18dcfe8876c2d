-- Folds a column header for lookup: case, accents, punctuation and camelCase go, unit and basis hints stay:
-- "Sodium_(mg)" -> "sodium mg", "energy-kj_100g" -> "energy kj 100g", "servingSize" -> "serving size",
-- "PatientID" -> "patient id", "UPCCode" -> "upc code", "Item #" -> "item no", "N° client" -> "no client".
create or replace function app.fold_header(header text)
returns text
language sql
immutable
strict
parallel safe
set search_path = ''
as $$
  select btrim(
    regexp_replace(
      app.fold_text(
        regexp_replace(
          regexp_replace(translate(normalize(fold_header.header, nfkc), 'µμ', 'uu'), '#|^\s*[nN]°', ' no ', 'g'),
          '([[:lower:]])(?=[[:upper:]](?:[[:lower:]]|[[:upper:]]+$))|([[:upper:]])(?=[[:upper:]][[:lower:]]{2})',
          '\1\2 ',
          'g'
        )
      ),
      '[^[:alnum:]%]+',
      ' ',
      'g'
    )
  );
$$;

comment on function app.fold_header(text) is
'Folds a column header for lookup: without case, accents and punctuation, with its unit and basis.';

grant execute on function app.fold_header(text) to authenticated, service_role;
