-- Changes a rule of the vendor's own, behind public.update_diet_rule.
create or replace function app.update_diet_rule(id uuid, patch jsonb)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_admin');
  v_row public.diet_rules;
begin
  perform app.find_own_row('diet_rules', update_diet_rule.id, v_vendor_id);
  perform app.refuse_field_errors(app.diet_rule_errors(v_vendor_id, update_diet_rule.patch, is_patch => true));
  update public.diet_rules as r
  set policy = coalesce(update_diet_rule.patch -> 'policy', r.policy),
      active = coalesce((update_diet_rule.patch ->> 'active')::boolean, r.active)
  where r.id = update_diet_rule.id and r.vendor_id = v_vendor_id
  returning r.* into v_row;
  return app.diet_rule_json(v_row);
end;
$$;

comment on function app.update_diet_rule is 'Changes a diet rule of the vendor''s own; see public.update_diet_rule.';
grant execute on function app.update_diet_rule to authenticated;
