-- The one shape of a diet rule in answers.
create or replace function app.diet_rule_json(rule public.diet_rules)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return jsonb_build_object(
    'id', rule.id,
    'vendor_id', rule.vendor_id,
    'condition_code', rule.condition_code,
    'policy', rule.policy,
    'active', rule.active,
    'version', rule.version,
    'created_at', to_char(rule.created_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'updated_at', to_char(rule.updated_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
  );
end;
$$;

comment on function app.diet_rule_json is 'A diet rule as answers show it.';
grant execute on function app.diet_rule_json to authenticated, service_role;
