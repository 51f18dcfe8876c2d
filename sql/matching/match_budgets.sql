-- What a serving is measured against, as rows: each daily ceiling costs, each bonus (with a daily floor) earns.
--   weight  how much it counts: 2 when a condition or the customer asks for it, 1 for what holds for everybody; of a
--           bonus its own
--   full    the share of the day's amount in one serving at which it costs all, or earns all
create or replace function app.match_budgets(limits jsonb)
returns table (kind text, nutrient text, amount numeric, condition text, weight numeric, "full" numeric)
language plpgsql
immutable
set search_path = ''
as $$
begin
  return query
  select
    'ceiling', c.key, (c.value ->> 'amount')::numeric, c.value ->> 'condition',
    case when c.value ->> 'condition' = 'general' then 1 else 2 end::numeric, 0.5
  from jsonb_each(limits -> 'ceilings') as c
  union all
  select 'bonus', b.key, (limits #>> array['floors', b.key, 'amount'])::numeric, b.value ->> 'condition',
    (b.value ->> 'weight')::numeric, 0.2
  from jsonb_each(limits -> 'bonuses') as b
  where (limits #>> array['floors', b.key, 'amount'])::numeric > 0 and (b.value ->> 'weight')::numeric > 0;
end;
$$;

comment on function app.match_budgets is 'Ceilings and bonuses of derived limits with the weights of the scoring.';
