-- A fingerprint of the rules in force for these conditions. Limits derived under another one are stale: profiles keep
-- theirs and are derived anew when they are read, or in batches (app.refresh_stale_limits).
create or replace function app.diet_rules_version(vendor_id uuid, conditions text[])
returns text
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
begin
  return (
    select md5(coalesce(string_agg(r.id || ':' || r.version, ',' order by r.condition_code), ''))
    from app.effective_diet_rules(diet_rules_version.vendor_id, diet_rules_version.conditions) as r
  );
end;
$$;

comment on function app.diet_rules_version is
  'Names the rules in force for these conditions; changes when one of them does.';
