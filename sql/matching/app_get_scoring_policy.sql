-- The policy in force, behind public.get_scoring_policy. Definer only because app.effective_scoring_policy is closed.
create or replace function app.get_scoring_policy()
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return app.scoring_policy_json(app.effective_scoring_policy(app.require_vendor('vendor_admin')));
end;
$$;

comment on function app.get_scoring_policy is 'The scoring policy in force; see public.get_scoring_policy.';
grant execute on function app.get_scoring_policy to authenticated;
