-- A customer's own numbers by nutrient, in one form: {"protein_g": {"target": 120}, "sodium_mg": {"max": 1500}}. A bare
-- number is a target. Keys may be aliases the dictionary of nutrients knows.
create or replace function app.read_macro_targets(vendor_id uuid, given jsonb, out targets jsonb, out errors jsonb)
language plpgsql
stable
set search_path = ''
as $$
declare
  v_nutrients jsonb;
begin
  targets := '{}';
  errors := '[]';
  if coalesce(given, 'null') in ('null', '{}') then
    return;
  elsif jsonb_typeof(given) <> 'object' then
    errors := jsonb_build_array(app.field_error('/macro_targets', 'invalid_type', 'must be an object of nutrients'));
    return;
  end if;
  select coalesce(jsonb_object_agg(d.synonym, d.canonical), '{}') into v_nutrients
  from app.value_dictionary(read_macro_targets.vendor_id, 'nutrient') as d;
  with entry as (
    select g.key, app.nutrient_key(g.key, v_nutrients) as nutrient,
      case jsonb_typeof(g.value) when 'number' then jsonb_build_object('target', g.value) else g.value end as target
    from jsonb_each(given) as g
    where g.value <> 'null'
  ),
  judged as (
    select e.*, case
      when e.nutrient is null then 'unknown_nutrient'
      when jsonb_typeof(e.target) <> 'object' or e.target = '{}' or e.target - array['min', 'max', 'target'] <> '{}'
        or e.target @? '$.* ? (@.type() != "number")' then 'invalid_type'
      when e.target @? '$.* ? (@ < 0 || @ > 1000000)' then 'out_of_range'
      when (e.target ->> 'min')::numeric > (e.target ->> 'max')::numeric then 'out_of_range'
    end as fault
    from entry as e
  )
  select
    coalesce(jsonb_object_agg(j.nutrient, j.target) filter (where j.fault is null), '{}'),
    coalesce(
      jsonb_agg(
        app.field_error('/macro_targets/' || app.pointer_token(j.key), j.fault, case j.fault
          when 'unknown_nutrient' then 'is no known nutrient; docs/catalog.md lists the keys'
          when 'invalid_type' then 'must be a number, or an object of min, max and target with numbers'
          else 'must be from 0 to 1000000, and min not above max'
        end)
        order by j.key
      ) filter (where j.fault is not null),
      '[]'
    )
  into targets, errors
  from judged as j;
end;
$$;

comment on function app.read_macro_targets is 'A customer''s own daily targets and limits, checked.';
