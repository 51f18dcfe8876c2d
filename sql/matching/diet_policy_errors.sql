-- What is wrong with the policy of a diet rule, as field errors below /policy. Its shape stands in docs/health.md.
create or replace function app.diet_policy_errors(policy jsonb)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
declare
  amounts constant text[] := array['amount', 'percent_of_energy', 'per_1000_kcal', 'per_kg', 'plus_tdee'];
  conditions constant text[] := array['nutrient', 'source', 'at_least', 'min_age', 'max_age', 'genders'];
begin
  if jsonb_typeof(policy) is distinct from 'object' or not app.json_fits(policy, 65536) then
    return jsonb_build_array(app.field_error('/policy', 'invalid_type', 'must be an object of at most 64 KiB'));
  end if;
  return (
    with section as (
      select '/policy/' || s.key as pointer, s.key as name, s.value,
        s.key in ('ceilings', 'floors', 'bonuses') as is_list
      from jsonb_each(policy) as s
      union all
      select '/policy/hard/' || h.key, 'hard.' || h.key, h.value, true
      from jsonb_each(case jsonb_typeof(policy -> 'hard') when 'object' then policy -> 'hard' else '{}' end) as h
    ),
    entry as (
      select s.name, format('%s/%s', s.pointer, e.place - 1) as pointer, e.entry
      from section as s
      cross join lateral jsonb_array_elements(
        case when s.is_list and jsonb_typeof(s.value) = 'array' then s.value else '[]' end
      ) with ordinality as e (entry, place)
    ),
    fault (pointer, code, detail) as (
      select s.pointer, 'unknown_field', 'is not known here; a policy has ceilings, floors, hard, bonuses and notes'
      from section as s
      where s.name not in (
        'ceilings', 'floors', 'hard', 'bonuses', 'notes', 'hard.avoid_allergens', 'hard.require_tags',
        'hard.max_per_serving'
      )
      union all
      select s.pointer, 'invalid_type',
        case when s.is_list then 'must be a list of at most 100' else 'must be an object' end
      from section as s
      where case
        when s.is_list then jsonb_typeof(s.value) <> 'array' or jsonb_array_length(s.value) > 100
        when s.name = 'hard' then jsonb_typeof(s.value) <> 'object'
        else false
      end
      union all
      select e.pointer || '/source', 'required', 'is required: who says so'
      from entry as e
      where jsonb_typeof(e.entry -> 'source') is distinct from 'string' or e.entry ->> 'source' !~ '\S'
      union all
      select e.pointer || '/nutrient', 'unknown_nutrient', 'must be a nutrient; docs/catalog.md lists the keys'
      from entry as e
      where e.name in ('ceilings', 'floors', 'bonuses', 'hard.max_per_serving')
        and coalesce(e.entry ->> 'nutrient', '') <> all (app.nutrient_keys())
      union all
      select e.pointer, 'invalid_value',
        'must say one amount: amount, percent_of_energy, per_1000_kcal, per_kg or (for calories) plus_tdee'
      from entry as e
      where e.name in ('ceilings', 'floors')
        and (
          (select count(*) <> 1 from unnest(amounts) as a (key) where e.entry ? a.key)
          or e.entry - amounts - conditions <> '{}'
          or (e.entry ? 'plus_tdee' and e.entry ->> 'nutrient' is distinct from 'calories')
          or (e.entry ? 'percent_of_energy' and app.energy_per_gram(e.entry ->> 'nutrient') is null)
        )
      union all
      select e.pointer || '/' || v.key, 'invalid_value',
        'must be a number from 0 to 100000 (plus_tdee from -5000 to 5000)'
      from entry as e
      cross join lateral jsonb_each(case jsonb_typeof(e.entry) when 'object' then e.entry else '{}' end) as v
      where v.key = any (amounts || array['at_least', 'min_age', 'max_age', 'weight'])
        and case
          when jsonb_typeof(v.value) <> 'number' then true
          when v.key = 'plus_tdee' then v.value::numeric not between -5000 and 5000
          when v.key in ('min_age', 'max_age') then v.value::numeric not between 0 and 130 or v.value::numeric % 1 <> 0
          when v.key = 'weight' then v.value::numeric not between 0 and 10
          else v.value::numeric not between 0 and 100000
        end
      union all
      select e.pointer || '/genders', 'invalid_value', 'must be a list of male, female, other and unspecified'
      from entry as e
      where e.entry ? 'genders'
        and not (e.entry -> 'genders' <@ '["male", "female", "other", "unspecified"]' and e.entry -> 'genders' <> '[]')
      union all
      select e.pointer || '/weight', 'required', 'is required: a number from 0 to 10'
      from entry as e
      where e.name = 'bonuses' and not e.entry ? 'weight'
      union all
      select e.pointer || '/amount', 'required', 'is required: the most of it a serving may have'
      from entry as e
      where e.name = 'hard.max_per_serving' and not e.entry ? 'amount'
      union all
      select e.pointer, 'invalid_value', format(
        'must be {"%s": <code>, "source": ...}%s', case e.name when 'hard.require_tags' then 'tag' else 'allergen' end,
        case e.name when 'hard.require_tags' then '' else ', with a list unless_tags if need be' end
      )
      from entry as e
      where e.name in ('hard.require_tags', 'hard.avoid_allergens')
        and not (
          coalesce(e.entry ->> case e.name when 'hard.require_tags' then 'tag' else 'allergen' end, '')
            ~ '^[a-z0-9][a-z0-9_]{0,63}$'
          and e.entry - array['tag', 'allergen', 'unless_tags', 'source'] = '{}'
          and (
            not e.entry ? 'unless_tags'
            or (
              jsonb_typeof(e.entry -> 'unless_tags') = 'array'
              and not e.entry @? '$.unless_tags[*] ? (@.type() != "string")'
            )
          )
        )
    )
    select coalesce(jsonb_agg(app.field_error(f.pointer, f.code, f.detail) order by f.pointer, f.code), '[]')
    from fault as f
  );
end;
$$;

comment on function app.diet_policy_errors is 'Field errors of the policy of a diet rule.';
