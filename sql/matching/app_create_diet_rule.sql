-- Adds a rule of the vendor's own, behind public.create_diet_rule. Definer, because rules have no write grants.
create or replace function app.create_diet_rule(rule jsonb)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_admin');
  v_condition text;
  v_row public.diet_rules;
begin
  perform app.refuse_field_errors(app.diet_rule_errors(v_vendor_id, create_diet_rule.rule, is_patch => false));
  v_condition := coalesce(
    app.value_code(v_vendor_id, 'condition', create_diet_rule.rule -> 'condition_code'), 'general'
  );
  insert into public.diet_rules as r (vendor_id, condition_code, policy, active)
  values (
    v_vendor_id, v_condition, create_diet_rule.rule -> 'policy',
    coalesce((create_diet_rule.rule ->> 'active')::boolean, true)
  )
  on conflict (vendor_id, condition_code) do nothing
  returning r.* into v_row;
  if v_row.id is null then
    perform app.raise_problem(
      status => 409,
      type => 'already-exists',
      detail => 'There is a rule of your own for this condition.',
      hint => 'Change it with update_diet_rule.'
    );
  end if;
  return app.diet_rule_json(v_row);
end;
$$;

comment on function app.create_diet_rule is 'Adds a diet rule of the vendor''s own; see public.create_diet_rule.';
grant execute on function app.create_diet_rule to authenticated;
