-- Sets the platform's template of one condition. Used by sql/matching/seeds; a template that is the same stays, one
-- that says something else becomes the next version.
create or replace function app.seed_diet_rule(condition_code text, policy jsonb)
returns void
language sql
volatile
set search_path = ''
as $$
  insert into public.diet_rules as r (condition_code, policy)
  values (seed_diet_rule.condition_code, seed_diet_rule.policy)
  on conflict (vendor_id, condition_code) do update
  set policy = excluded.policy
  where r.policy <> excluded.policy;
$$;

comment on function app.seed_diet_rule is 'Sets the platform''s diet rule of a condition; for migrations.';
