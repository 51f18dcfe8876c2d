-- How many of a unit may stand for one of the metric unit that limits are written in.
create or replace function app.unit_allowance(unit text)
returns numeric
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  return case unit_allowance.unit when 'ft2' then 10.7639 when 'ft' then 3.2809 else 1 end;
end;
$$;
comment on function app.unit_allowance is
  'Factor from the unit of a limit to the unit of an answer; 1 where none is needed.';
