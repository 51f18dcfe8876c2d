-- What POST /v1/diet-rules and rpc('create_diet_rule') call.
create or replace function public.create_diet_rule(rule jsonb)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
begin
  return app.create_diet_rule(create_diet_rule.rule);
end;
$$;

comment on function public.create_diet_rule is
  'Adds a rule {condition_code, policy, active?} of the vendor''s own, which takes the place of the platform''s. For '
  'admins.';
grant execute on function public.create_diet_rule to authenticated;
