-- Takes a folded header apart: which nutrient (by the vendor's dictionary), in which unit, for which basis.
-- "vitamin c mg 100g" -> vitamin_c_mg, mg, 100g. Nulls when it names no nutrient, or something else about one
-- (daily values, scores, prepared food).
create or replace function app.parse_nutrient_header(
  vendor_id uuid, folded text, out key text, out name text, out unit text, out basis text
)
language plpgsql
stable
set search_path = ''
as $$
declare
  v_name text := folded;
  v_basis_words constant text :=
    '\m(?:(?:per|pour|por|pro|je|par|fur|in|en) )?(?:100 ?(?:g|gr|grams?|grammes?|ml)\M ?)+';
  v_serving_words constant text :=
    '\m(?:(?:amount|quantity|quantite) )?(?:per|par|por|pro|je)? ?'
    '(?:servings?|portions?|porcion|racion|porzione|portie|porcao)\M';
  v_units constant text :=
    'kcal|kj|kilojoules?|kilocalories|g|gr|grams?|grammes?|gramos|mg|milligrams?|mcg|ug|micrograms?|iu|ui|ie';
begin
  if v_name ~ '%|\m(?:dv|vnr|nrv|rda|rdi|ajr|daily|prepared|unit|score|source|claim|claims|label|modifier)\M' then
    return;
  end if;
  v_name := regexp_replace(v_name, '^nutrition (100g )?', '\1');
  if v_name ~ v_basis_words then
    basis := '100g';
    v_name := regexp_replace(v_name, v_basis_words, ' ');
  elsif v_name ~ v_serving_words or folded ~ '^nutrition ' then
    basis := 'serving';
    v_name := regexp_replace(v_name, v_serving_words, ' ');
  end if;
  v_name := btrim(regexp_replace(
    regexp_replace(v_name, '^(?:of which|dont|davon|de l[oa]s cuales|di cui|waarvan|d[oa]s quais) | value$', '', 'g'),
    ' +', ' ', 'g'
  ));
  unit := substring(v_name from '(?:^| )(' || v_units || ')$');
  name := btrim(regexp_replace(v_name, '(?:^| )(?:' || v_units || ')$', ''));
  key := (select m.canonical from app.match_tokens(vendor_id, 'nutrient', array[name]) as m where name <> '');
  if key is null then
    unit := null;
    name := v_name;
    key := (select m.canonical from app.match_tokens(vendor_id, 'nutrient', array[name]) as m where name <> '');
  end if;
  unit := case
    when key is null then null
    when unit in ('iu', 'ui', 'ie') then 'iu'
    when unit is null and name in ('kcal', 'kilocalories') then 'kcal'
    when unit is null and name in ('kj', 'kilojoules') then 'kj'
    else coalesce(
      (
        select u.short
        from app.unit_scale(unit) as s
        inner join (
          values ('mass', 1, 'g'), ('mass', 0.001, 'mg'), ('mass', 0.000001, 'mcg'), ('energy', 1, 'kcal')
        ) as u (dimension, factor, short) on u.dimension = s.dimension and u.factor = s.factor
      ),
      case when unit like 'k%j%' then 'kj' end
    )
  end;
end;
$$;

comment on function app.parse_nutrient_header(uuid, text) is 'Nutrient, unit and basis named by a folded header.';

grant execute on function app.parse_nutrient_header(uuid, text) to authenticated, service_role;
