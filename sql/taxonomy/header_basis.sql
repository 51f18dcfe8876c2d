-- What a file's nutrient columns count for when they do not say: basis 100g or serving, and whether bare numbers are
-- grams (Europe) or each nutrient's usual unit (US labels). Headers come folded.
--   USDA SR28 (NDB_No) is per 100 g in usual units. A bare salt column speaks of a European table, which by Regulation
--   1169/2011 is per 100 g in grams; US labels give sodium in mg. Columns that state 100 g speak for those that do not.
create or replace function app.header_basis(headers text[], out basis text, out bare_unit text)
language sql
immutable
parallel safe
set search_path = ''
as $$
  select
    case
      when f.is_sr28 or (f.says_100g and not f.says_serving) or (f.has_salt and not f.says_serving) then '100g'
      else 'serving'
    end,
    case when f.has_salt and not f.is_sr28 then 'g' end
  from (
    select
      'ndb no' = any(header_basis.headers) as is_sr28,
      bool_or(h.header ~ '\m100 ?(?:g|gr|ml)\M') as says_100g,
      bool_or(
        h.header ~ '\m(?:per|par|por|pro|je) (?:serving|portion|porcion|racion|porzione|portie|porcao)\M'
        or h.header ~ '^nutrition (?!100g)'
      ) as says_serving,
      bool_or(h.header ~ '^(?:salt|sel|sal|salz|zout)(?: g)?$|^sale g$') as has_salt
    from unnest(header_basis.headers) as h (header)
  ) as f;
$$;

comment on function app.header_basis(text[]) is 'Basis and unit of the nutrient columns of a file that state neither.';

grant execute on function app.header_basis(text[]) to authenticated, service_role;
