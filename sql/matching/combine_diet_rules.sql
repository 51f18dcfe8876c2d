-- One set of daily limits from all rules that hold for a person: the strictest ceiling and the highest floor of each
-- nutrient, all hard rules, all bonuses (the greatest weight). `general` gives way, nutrient by nutrient, to
-- conditions; the person's own max and min (macro_targets) join as the condition `customer`. A floor above its ceiling
-- is reported under conflicts. The shape is documented at the top of docs/health.md.
create or replace function app.combine_diet_rules(
  vendor_id uuid,
  conditions text[],
  macro_targets jsonb,
  tdee numeric,
  weight_kg numeric,
  age int,
  gender text
)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  own_source constant text := 'The customer''s own limit';
  v_limits jsonb;
begin
  with rule as materialized (
    select r.condition_code as condition, r.policy
    from app.effective_diet_rules(combine_diet_rules.vendor_id, combine_diet_rules.conditions) as r
  ),
  own as (
    select m.key as nutrient, m.value as target
    from jsonb_each(combine_diet_rules.macro_targets) as m
  ),
  bound as (
    select k.kind, e.entry ->> 'nutrient' as nutrient, r.condition, e.entry ->> 'source' as source,
      app.diet_limit_amount(
        e.entry, combine_diet_rules.tdee, combine_diet_rules.weight_kg, combine_diet_rules.age,
        combine_diet_rules.gender
      ) as amount
    from rule as r
    cross join (values ('ceilings'), ('floors')) as k (kind)
    cross join lateral jsonb_array_elements(coalesce(r.policy -> k.kind, '[]')) as e (entry)
  ),
  spoken as (
    select b.* from bound as b
    where b.amount is not null
      and (
        b.condition <> 'general'
        or not exists (
          select from bound as o
          where o.nutrient = b.nutrient and o.condition <> 'general' and o.amount is not null
        )
      )
    union all
    select 'ceilings', o.nutrient, 'customer', own_source, (o.target ->> 'max')::numeric
    from own as o
    where o.target ? 'max'
    union all
    select 'floors', o.nutrient, 'customer', own_source, (o.target ->> 'min')::numeric
    from own as o
    where o.target ? 'min'
  ),
  chosen as (
    select distinct on (s.kind, s.nutrient) s.kind, s.nutrient, s.amount,
      jsonb_build_object(
        'amount', trim_scale(round(s.amount, 2)), 'condition', s.condition, 'source', s.source
      ) as "limit"
    from spoken as s
    order by s.kind, s.nutrient, case s.kind when 'ceilings' then s.amount else -s.amount end, s.condition, s.source
  ),
  hard as (
    select k.kind,
      jsonb_agg(e.entry || jsonb_build_object('condition', r.condition) order by r.condition, e.place) as entries
    from rule as r
    cross join (values ('avoid_allergens'), ('require_tags'), ('max_per_serving')) as k (kind)
    cross join lateral jsonb_array_elements(coalesce(r.policy #> array['hard', k.kind], '[]'))
      with ordinality as e (entry, place)
    group by k.kind
  ),
  own_hard as (
    select jsonb_agg(
      jsonb_build_object(
        'nutrient', o.nutrient, 'amount', o.target -> 'max', 'condition', 'customer', 'source', own_source
      )
      order by o.nutrient
    ) as entries
    from own as o
    where o.target ? 'max'
  ),
  bonus as (
    select distinct on (e.entry ->> 'nutrient') e.entry ->> 'nutrient' as nutrient,
      jsonb_build_object(
        'weight', e.entry -> 'weight', 'condition', r.condition, 'source', e.entry -> 'source'
      ) as entry
    from rule as r
    cross join lateral jsonb_array_elements(coalesce(r.policy -> 'bonuses', '[]')) as e (entry)
    order by e.entry ->> 'nutrient', (e.entry ->> 'weight')::numeric desc, r.condition
  )
  select jsonb_build_object(
    'ceilings', coalesce(
      (select jsonb_object_agg(c.nutrient, c."limit") from chosen as c where c.kind = 'ceilings'), '{}'
    ),
    'floors', coalesce((select jsonb_object_agg(c.nutrient, c."limit") from chosen as c where c.kind = 'floors'), '{}'),
    'hard', jsonb_build_object(
      'avoid_allergens', coalesce((select h.entries from hard as h where h.kind = 'avoid_allergens'), '[]'),
      'require_tags', coalesce((select h.entries from hard as h where h.kind = 'require_tags'), '[]'),
      'max_per_serving', coalesce((select h.entries from hard as h where h.kind = 'max_per_serving'), '[]')
        || coalesce((select o.entries from own_hard as o), '[]')
    ),
    'bonuses', coalesce((select jsonb_object_agg(b.nutrient, b.entry) from bonus as b), '{}'),
    'conflicts', coalesce(
      (
        select jsonb_agg(
          jsonb_build_object(
            'nutrient', c.nutrient, 'ceiling', c."limit", 'floor', f."limit", 'detail', format(
              '%s asks for at least %s of %s a day, %s for at most %s; the ceiling counts. Ask a professional.',
              f."limit" ->> 'condition', f."limit" ->> 'amount', c.nutrient, c."limit" ->> 'condition',
              c."limit" ->> 'amount'
            )
          )
          order by c.nutrient
        )
        from chosen as c
        inner join chosen as f on f.kind = 'floors' and f.nutrient = c.nutrient and f.amount > c.amount
        where c.kind = 'ceilings'
      ),
      '[]'
    ),
    'rules_version', app.diet_rules_version(combine_diet_rules.vendor_id, combine_diet_rules.conditions)
  ) into v_limits;
  return v_limits;
end;
$$;

comment on function app.combine_diet_rules is
  'Daily limits of a person with these conditions: docs/health.md gives the shape.';
