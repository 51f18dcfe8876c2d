-- The customer's goals that a product's dietary tags can meet, with their masks. A goal that is no tag (lose_weight)
-- says nothing about a single product and does not count.
create or replace function app.match_goals(vendor_id uuid, inputs jsonb)
returns table (code text, self bigint, below text[])
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  with term as materialized (
    select t.code, t.self, t.down from app.match_terms(match_goals.vendor_id, 'tag') as t
  )
  select t.code, t.self, array(select u.code from term as u where u.self & t.down <> 0 order by u.code)
  from jsonb_array_elements_text(inputs -> 'diet_goals') as g (code)
  inner join term as t on t.code = g.code
  group by t.code, t.self, t.down
  order by t.code;
end;
$$;

comment on function app.match_goals is 'Goals of a customer that dietary tags can meet, and the tags that meet each.';
