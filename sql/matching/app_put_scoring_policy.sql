-- Stores the vendor's own policy, behind public.put_scoring_policy. The same again changes nothing, not even the
-- version.
create or replace function app.put_scoring_policy(policy jsonb)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_admin');
  v_policy public.scoring_policies;
begin
  perform app.refuse_field_errors(app.scoring_policy_errors(put_scoring_policy.policy));
  insert into public.scoring_policies as s (vendor_id, weights, unknown_allergens)
  values (
    v_vendor_id, put_scoring_policy.policy -> 'weights',
    coalesce(put_scoring_policy.policy ->> 'unknown_allergens', 'exclude')
  )
  on conflict on constraint scoring_policies_one_per_scope do update
  set weights = excluded.weights, unknown_allergens = excluded.unknown_allergens, active = true,
      version = s.version + 1, updated_at = now()
  where (s.weights, s.unknown_allergens, s.active)
    is distinct from (excluded.weights, excluded.unknown_allergens, true);
  select s.* into v_policy from public.scoring_policies as s where s.vendor_id = v_vendor_id;
  return app.scoring_policy_json(v_policy);
end;
$$;

comment on function app.put_scoring_policy is 'Stores a vendor''s scoring policy; see public.put_scoring_policy.';
grant execute on function app.put_scoring_policy to authenticated;

create or replace trigger audit_change_trigger
after insert or update or delete on public.scoring_policies
for each row execute function app.audit_change('scoring_policy', 'id');
