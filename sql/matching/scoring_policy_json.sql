-- The one shape of a scoring policy in answers.
create or replace function app.scoring_policy_json(policy public.scoring_policies)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return jsonb_build_object(
    'vendor_id', policy.vendor_id,
    'weights', policy.weights,
    'unknown_allergens', policy.unknown_allergens,
    'version', policy.version,
    'updated_at', to_char(policy.updated_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
  );
end;
$$;

comment on function app.scoring_policy_json is 'A scoring policy as answers show it.';
grant execute on function app.scoring_policy_json to authenticated, service_role;
