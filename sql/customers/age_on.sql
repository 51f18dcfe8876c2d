-- Full years between a birth and a day; null for null. Born on 29 February, one is a year older on 1 March.
create or replace function app.age_on(dob date, day date default current_date)
returns int
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  return extract(year from age(age_on.day::timestamp, age_on.dob::timestamp))::int;
end;
$$;

comment on function app.age_on is 'Age in full years on a day.';
grant execute on function app.age_on to authenticated, service_role;
