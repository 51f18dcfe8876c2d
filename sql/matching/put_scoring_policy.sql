-- What PUT /v1/scoring-policy and rpc('put_scoring_policy') call.
create or replace function public.put_scoring_policy(policy jsonb)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
begin
  return app.put_scoring_policy(put_scoring_policy.policy);
end;
$$;

comment on function public.put_scoring_policy is
  'Stores the vendor''s own scoring policy {"weights": {"preference_fit", "budget_fit", "recency"}, '
  '"unknown_allergens"}; a change is another version and makes cached matches void. For admins.';
grant execute on function public.put_scoring_policy to authenticated;
