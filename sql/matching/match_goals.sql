-- The customer's goals that a product's dietary tags can meet, with their masks, and the tags that meet each: itself
-- and what stands below it. A goal that is no tag (lose_weight) says nothing about a single product and does not count.
create or replace function app.match_goals(vendor_id uuid, inputs jsonb)
returns table (code text, self bigint, below text[])
language plpgsql
stable
set search_path = ''
as $$
begin
  if inputs -> 'diet_goals' = '[]' then
    return;
  end if;
  return query
  with recursive term as materialized (
    select b.code, b.self from app.match_term_bits(match_goals.vendor_id, 'tag') as b
  ),
  above as materialized (
    select p.code, p.upper from app.match_term_parents(match_goals.vendor_id, 'tag') as p
  ),
  pair as (
    select t.code as goal, t.code as lower
    from term as t
    where inputs -> 'diet_goals' ? t.code
    union
    select p.goal, a.code
    from pair as p
    inner join above as a on a.upper = p.lower
  )
  select p.goal, bit_or(t.self) filter (where t.code = p.goal), array_agg(t.code order by t.code)
  from pair as p
  inner join term as t on t.code = p.lower
  group by p.goal
  order by p.goal;
end;
$$;

comment on function app.match_goals is 'Goals of a customer that dietary tags can meet, and the tags that meet each.';
