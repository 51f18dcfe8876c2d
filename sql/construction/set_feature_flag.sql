-- The door to app.set_feature_flag.
create or replace function public.set_feature_flag(
  flag text,
  percentage numeric,
  enabled boolean default true,
  description text default null
)
returns public.feature_flags
language sql
volatile
set search_path = ''
as $$
  select * from app.set_feature_flag(
    set_feature_flag.flag, set_feature_flag.percentage, set_feature_flag.enabled, set_feature_flag.description
  );
$$;
comment on function public.set_feature_flag is
  'Makes or changes a percentage rollout. For superadmins and the service key.';
grant execute on function public.set_feature_flag to authenticated, service_role;
