-- Known headers with something around them: brackets ("Code-barres (EAN)"), the word product, a language, a unit
-- ("Portion (g)", which a bare number in the column then gets), the order of a date (DD/MM/YYYY). Only for headers that
-- nothing else answers.
create or replace function app.resolve_worded_headers(vendor_id uuid, mode text, headers text[])
returns table (header text, canonical text, transform_ops jsonb, confidence numeric)
language sql
stable
set search_path = ''
as $$
  with form (header, unit, attempt, folded) as (
    select h.header, u.unit, f.attempt, f.folded
    from unnest(resolve_worded_headers.headers) as h (header)
    cross join lateral (select app.fold_header(regexp_replace(h.header, '\([^)]*\)|\[[^\]]*\]', ' ', 'g')) as bare) as b
    cross join lateral (
      select (regexp_match(lower(h.header), '[\s_(\[/-](g|gr|kg|mg|ml|cl|l|oz|lbs?|fl oz)[.)\]]*\s*$'))[1] as unit
    ) as u
    cross join lateral (select regexp_replace(b.bare, ' (?:g|gr|kg|ml|cl|l|oz|lbs?|fl oz)$', '') as short) as s
    cross join lateral (
      values
        (1, b.bare),
        (2, s.short),
        (3, btrim(regexp_replace(regexp_replace(
          ' ' || replace(s.short, ' ', '  ') || ' ',
          ' (?:products?|items?|articles?|produits?|productos?|produkte?s?|artikels?|articulos?|customers?|clients?|'
          'patients?|the|of|de|du|des|del|la|le|les|el|los|las|der|die|das|our|your|in|'
          'en|fr|es|eng|english|francais|deutsch|espanol|usa|uk|eu|us|eur|usd|gbp|info|information|'
          'texte?|value) ', ' ', 'g'
        ), ' +', ' ', 'g')))
    ) as f (attempt, folded)
    where f.folded <> ''
  ),
  found as (
    select distinct on (f.header) f.header, f.unit, f.attempt, s.canonical, s.transform_ops, s.confidence
    from form as f
    join app.synonym_index as i
      on i.space = 'header:' || resolve_worded_headers.mode and i.folded = f.folded
        and (i.vendor_id is null or i.vendor_id = resolve_worded_headers.vendor_id)
    join public.synonyms_header as s on s.id = i.owner_id
    order by f.header, f.attempt, i.vendor_id is null, s.confidence desc
  )
  select
    f.header,
    f.canonical,
    case
      when f.canonical = 'dob' and f.header ~* '(?:dd|jj|tt)[-/. ]?mm' then '["date_iso", "date_dmy"]'
      else coalesce(f.transform_ops, '[]')
    end || case
      when f.unit is not null and f.canonical in ('serving_size', 'package_weight')
        then jsonb_build_array(jsonb_build_object('op', 'with_unit', 'unit', f.unit))
      else '[]'
    end,
    round(f.confidence * (1 - 0.05 * f.attempt), 2)
  from found as f;
$$;

comment on function app.resolve_worded_headers(uuid, text, text[]) is
  'Fields and operations of headers that are known ones with words, brackets or a unit around them.';

grant execute on function app.resolve_worded_headers(uuid, text, text[]) to authenticated, service_role;
