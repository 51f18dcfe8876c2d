-- The door to app.is_feature_enabled.
create or replace function public.is_feature_enabled(flag text, micro_uuid uuid)
returns boolean
language sql
stable
set search_path = ''
as $$
  select app.is_feature_enabled(is_feature_enabled.flag, is_feature_enabled.micro_uuid);
$$;
comment on function public.is_feature_enabled is
  'Whether a percentage rollout has reached the service with this uuid; the same answer every time.';
grant execute on function public.is_feature_enabled to authenticated, service_role;
