-- Why each product is where it is, in plain words, what the customer's own conditions ask first. All matches together:
-- a call for each took as long as scoring them. `matches` has for each its rank and what app.score_products knows.
create or replace function app.match_reasons(matches jsonb)
returns table (rank int, reasons jsonb)
language plpgsql
immutable
set search_path = ''
as $$
begin
  return query
  with match as materialized (
    select (m.value ->> 'rank')::int as rank, m.value as facts from jsonb_array_elements(matches) as m
  ),
  budget as materialized (
    select
      m.rank, b.value ->> 'kind' as kind, b.value ->> 'nutrient' as nutrient, (b.value ->> 'share')::numeric as share,
      (b.value ->> 'daily')::numeric as daily, b.value ->> 'condition' as condition,
      b.value ->> 'condition' = 'general' as is_general, b.value ->> 'amount' is not null as is_stated
    from match as m
    cross join lateral jsonb_array_elements(m.facts -> 'nutrients') as b
  ),
  -- What a reason says of a budget, whatever the product.
  phrase as materialized (
    select
      d.kind, d.nutrient, w.name,
      case d.kind when 'ceiling' then 'uses' else 'gives' end as verb,
      format(
        '%% of the daily %s %s (%s %s, %s)', w.name, case d.kind when 'ceiling' then 'budget' else 'goal' end,
        rtrim(to_char(d.daily, 'FM999,999,990.99'), '.'), w.unit,
        case d.condition
          when 'general' then 'general advice'
          when 'customer' then 'own limit'
          else replace(d.condition, '_', ' ')
        end
      ) as rest
    from (select distinct b.kind, b.nutrient, b.daily, b.condition from budget as b) as d
    cross join lateral app.nutrient_words(d.nutrient) as w
  ),
  reason (rank, place, weight, text) as (
    select m.rank, 1, 0, 'is on the allow list, and passes every hard filter'
    from match as m
    where (m.facts ->> 'is_allowed')::boolean
    union all
    select m.rank, 2, 0, format(
      'meets %s of %s goals%s', jsonb_array_length(m.facts -> 'met'), jsonb_array_length(m.facts -> 'goals'),
      ': ' || (
        select string_agg(replace(g.code, '_', ' '), ', ')
        from jsonb_array_elements_text(m.facts -> 'met') as g (code)
      )
    )
    from match as m
    where m.facts -> 'goals' <> '[]'
    union all
    select b.rank, case when b.is_general then 4 else 3 end, -b.share,
      p.verb || ' ' || round(b.share * 100) || ' ' || p.rest
    from budget as b
    inner join phrase as p on p.kind = b.kind and p.nutrient = b.nutrient
    where b.share is not null and (not b.is_general or b.share >= 0.05)
    union all
    select b.rank, 5, 0, format(
      'does not state %s: counts as half of what a serving may cost', string_agg(p.name, ', ' order by p.name)
    )
    from budget as b
    inner join phrase as p on p.kind = b.kind and p.nutrient = b.nutrient
    where not b.is_stated and b.kind = 'ceiling'
    group by b.rank
    union all
    select m.rank, 6, 0, 'states nutrients per 100 g and no serving size: a serving counts as 100 g'
    from match as m
    where (m.facts ->> 'is_per_100g')::boolean
    union all
    select m.rank, 0, 0, format(
      'allergens are not fully known: %s cannot be ruled out',
      (
        select string_agg(replace(u.code, '_', ' '), ', ')
        from jsonb_array_elements_text(m.facts -> 'unproven') as u (code)
      )
    )
    from match as m
    where m.facts -> 'unproven' <> '[]'
  )
  select m.rank, coalesce(jsonb_agg(r.text order by r.place, r.weight, r.text) filter (where r.text is not null), '[]')
  from match as m
  left join reason as r on r.rank = m.rank
  group by m.rank;
end;
$$;

comment on function app.match_reasons is 'Reasons of matches in plain words, by rank.';
