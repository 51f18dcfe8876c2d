-- What a person should know about a profile's derived numbers: where an equation is used outside what it was made for,
-- where something given was not used, and where conditions contradict each other or have no rule.
create or replace function app.health_warnings(profile public.customer_health_profiles, given_age numeric default null)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select coalesce(jsonb_agg(jsonb_build_object('code', w.code, 'detail', w.detail) order by w.place, w.detail), '[]')
    from (
      select 1 as place, 'age_ignored' as code,
        format(
          'The customer''s date of birth gives %s years; the age sent, %s, was not used.', profile.age, given_age
        ) as detail
      where given_age <> profile.age
      union all
      select 2, 'age_outside_equation',
        'Mifflin-St Jeor was made from adults of 19 to 78; for this age BMR and TDEE are rough.'
      where profile.age not between 19 and 78
      union all
      select 3, 'mean_of_equations', 'Without male or female, BMR is the mean of both equations.'
      where profile.gender not in ('male', 'female')
      union all
      select 4, 'bmi_unusual', 'A BMI below 12 or above 60 is rare; check height and weight.'
      where profile.bmi not between 12 and 60
      union all
      select 5, 'no_rule_for_condition', format('No diet rule is in force for %s; it sets no limits.', c.condition)
      from unnest(profile.conditions) as c (condition)
      where not exists (
        select from app.effective_diet_rules(profile.vendor_id, profile.conditions) as r
        where r.condition_code = c.condition
      )
      union all
      select 6, 'conflicting_limits', c.conflict ->> 'detail'
      from jsonb_array_elements(profile.derived_limits -> 'conflicts') as c (conflict)
    ) as w
  );
end;
$$;

comment on function app.health_warnings is 'Warnings about a profile as [{"code", "detail"}].';
