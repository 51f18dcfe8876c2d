-- What is wrong with the body of a diet rule of a vendor, as field errors: its shape, its policy, and words that no
-- dictionary knows. general, which holds for everybody, is a condition too.
create or replace function app.diet_rule_errors(vendor_id uuid, rule jsonb, is_patch boolean)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_errors jsonb := app.body_errors(rule, case
    when is_patch then '{"policy": "object", "active": "boolean"}'
    else '{"condition_code": "string!", "policy": "object!", "active": "boolean"}'
  end::jsonb);
begin
  if v_errors <> '[]' then
    return v_errors;
  end if;
  if rule ? 'policy' then
    v_errors := app.diet_policy_errors(rule -> 'policy');
  end if;
  if v_errors = '[]' then
    select coalesce(jsonb_agg(app.field_error(w.pointer, 'unknown_' || w.domain, 'is a word nobody knows')), '[]')
    into v_errors
    from (
      select '/condition_code' as pointer, 'condition' as domain, rule ->> 'condition_code' as word
      where rule ->> 'condition_code' <> 'general'
      union all
      select format('/policy/hard/avoid_allergens/%s/allergen', a.place - 1), 'allergen', a.entry ->> 'allergen'
      from jsonb_array_elements(coalesce(rule #> '{policy,hard,avoid_allergens}', '[]'))
        with ordinality as a (entry, place)
    ) as w
    where not exists (
      select
      from app.match_tokens(diet_rule_errors.vendor_id, w.domain, array[w.word]) as m
      where m.canonical is not null
    );
  end if;
  return v_errors;
end;
$$;

comment on function app.diet_rule_errors is 'Field errors of the body of a diet rule.';
