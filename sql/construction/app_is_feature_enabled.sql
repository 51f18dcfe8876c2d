-- Whether a flag is on for a service. Unknown flags and flags turned off are off; without a uuid only a full rollout is
-- on. Definer, because callers may ask about flags that they may not read.
create or replace function app.is_feature_enabled(flag text, micro_uuid uuid)
returns boolean
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return coalesce(
    (
      select f.enabled
        and coalesce(app.rollout_bucket(f.flag, is_feature_enabled.micro_uuid) < f.percentage, f.percentage = 100)
      from public.feature_flags as f
      where f.flag = is_feature_enabled.flag
    ),
    false
  );
end;
$$;
comment on function app.is_feature_enabled is 'Whether a rollout has reached a service.';
grant execute on function app.is_feature_enabled to authenticated, service_role;
