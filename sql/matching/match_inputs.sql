-- All that a customer and the vendor's rules put into a match, as one value: the scoring sees nothing else of them, and
-- its hash tells whether a cached match still holds. Null without a health profile.
create or replace function app.match_inputs(vendor_id uuid, customer_id uuid)
returns jsonb
language plpgsql
volatile
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
declare
  v_profile constant public.customer_health_profiles :=
    app.fresh_health_profile(match_inputs.vendor_id, match_inputs.customer_id);
  v_policy constant public.scoring_policies := app.effective_scoring_policy(match_inputs.vendor_id);
begin
  if v_profile.customer_id is null then
    return null;
  end if;
  return jsonb_build_object(
    'limits', v_profile.derived_limits,
    'avoid_allergens', to_jsonb(v_profile.avoid_allergens),
    'diet_goals', to_jsonb(v_profile.diet_goals),
    'policy', jsonb_build_object('weights', v_policy.weights, 'unknown_allergens', v_policy.unknown_allergens),
    'allow', (
      select coalesce(jsonb_agg(w.product_id order by w.product_id), '[]')
      from public.customer_whitelists as w
      where w.vendor_id = match_inputs.vendor_id and w.customer_id = match_inputs.customer_id
    ),
    'deny', (
      select coalesce(jsonb_agg(b.product_id order by b.product_id), '[]')
      from public.customer_blacklists as b
      where b.vendor_id = match_inputs.vendor_id and b.customer_id = match_inputs.customer_id
    )
  );
end;
$$;

comment on function app.match_inputs is 'What a customer''s matches are computed from; null without a health profile.';
