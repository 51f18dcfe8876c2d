-- One component of a score as answers show it: its value from 0 to 1, its share of all weights, and the points of both.
create or replace function app.match_component(weight numeric, weights numeric, value numeric)
returns jsonb
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  return jsonb_build_object(
    'value', trim_scale(round(value, 6)),
    'weight', trim_scale(round(weight / weights, 6)),
    'points', trim_scale(round(weight * value / weights, 6))
  );
end;
$$;

comment on function app.match_component is 'A component of a score: value, weight and points.';
