-- Why a product is where it is, in plain words, what the customer's own conditions ask first. `match` is one result of
-- app.score_products as far as it is made there.
create or replace function app.match_reasons(match jsonb)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
begin
  return (
    with budget as (
      select
        b.value ->> 'kind' as kind, w.name, w.unit, (b.value ->> 'share')::numeric as share,
        (b.value ->> 'daily')::numeric as daily, b.value ->> 'condition' = 'general' as is_general,
        case b.value ->> 'condition'
          when 'general' then 'general advice'
          when 'customer' then 'own limit'
          else replace(b.value ->> 'condition', '_', ' ')
        end as condition,
        b.value ->> 'amount' is not null as is_stated
      from jsonb_array_elements(match #> '{breakdown,budget_fit,nutrients}') as b
      cross join lateral app.nutrient_words(b.value ->> 'nutrient') as w
    ),
    reason (place, rank, text) as (
      select 1, 0, 'is on the allow list, and passes every hard filter' where (match ->> 'is_allowed')::boolean
      union all
      select 2, 0, format(
        'meets %s of %s goals%s', jsonb_array_length(match -> 'met'), jsonb_array_length(match -> 'goals'),
        ': ' || (
          select string_agg(replace(m.code, '_', ' '), ', ') from jsonb_array_elements_text(match -> 'met') as m (code)
        )
      )
      where match -> 'goals' <> '[]'
      union all
      select
        case when b.is_general then 4 else 3 end, -b.share, format(
          '%s %s %% of the daily %s %s (%s %s, %s)', case b.kind when 'ceiling' then 'uses' else 'gives' end,
          round(b.share * 100), b.name, case b.kind when 'ceiling' then 'budget' else 'goal' end,
          rtrim(to_char(b.daily, 'FM999,999,990.99'), '.'), b.unit, b.condition
        )
      from budget as b
      where b.share is not null and (not b.is_general or b.share >= 0.05)
      union all
      select 5, 0, format(
        'does not state %s: counts as half of what a serving may cost', string_agg(b.name, ', ' order by b.name)
      )
      from budget as b
      where not b.is_stated and b.kind = 'ceiling'
      having count(*) > 0
      union all
      select 6, 0, 'states nutrients per 100 g and no serving size: a serving counts as 100 g'
      where (match ->> 'is_per_100g')::boolean
      union all
      select 0, 0, format(
        'allergens are not fully known: %s cannot be ruled out',
        (
          select string_agg(replace(u.code, '_', ' '), ', ')
          from jsonb_array_elements_text(match -> 'unproven') as u (code)
        )
      )
      where match -> 'unproven' <> '[]'
    )
    select coalesce(jsonb_agg(r.text order by r.place, r.rank, r.text), '[]') from reason as r
  );
end;
$$;

comment on function app.match_reasons is 'Reasons of a match in plain words.';
