-- What is wrong with a scoring policy as given, as field errors.
create or replace function app.scoring_policy_errors(policy jsonb)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
declare
  names constant text[] := array['preference_fit', 'budget_fit', 'recency'];
  v_weights jsonb := policy -> 'weights';
  v_errors jsonb := app.body_errors(policy, '{"weights": "object!", "unknown_allergens": "string"}');
begin
  if v_errors <> '[]' then
    return v_errors;
  end if;
  select coalesce(jsonb_agg(app.field_error(e.pointer, e.code, e.detail) order by e.pointer), '[]') into v_errors
  from (
    select '/weights/' || w.key as pointer, 'unknown_field' as code,
      'is not known here; there are preference_fit, budget_fit and recency' as detail
    from jsonb_object_keys(v_weights) as w (key)
    where w.key <> all (names)
    union all
    select '/weights/' || n.name, case when v_weights ? n.name then 'invalid_value' else 'required' end,
      'must be a number from 0 to 100'
    from unnest(names) as n (name)
    where case
      when jsonb_typeof(v_weights -> n.name) = 'number' then (v_weights ->> n.name)::numeric not between 0 and 100
      else true
    end
    union all
    select '/unknown_allergens', 'invalid_value', 'must be exclude or warn'
    where policy ->> 'unknown_allergens' not in ('exclude', 'warn')
  ) as e;
  if v_errors = '[]' and not v_weights @? '$.* ? (@ > 0)' then
    return jsonb_build_array(app.field_error('/weights', 'invalid_value', 'must not all be 0'));
  end if;
  return v_errors;
end;
$$;

comment on function app.scoring_policy_errors is 'Field errors of a scoring policy.';
