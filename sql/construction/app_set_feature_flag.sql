-- Makes or changes a rollout. Definer, because clients have no grant to write; superadmins and the platform only.
create or replace function app.set_feature_flag(flag text, percentage numeric, enabled boolean, description text)
returns public.feature_flags
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_flag public.feature_flags;
begin
  perform app.require_platform();
  insert into public.feature_flags as f (flag, percentage, enabled, description)
  values (
    set_feature_flag.flag, set_feature_flag.percentage, set_feature_flag.enabled,
    coalesce(set_feature_flag.description, '')
  )
  on conflict (flag) do update
  set percentage = excluded.percentage,
      enabled = excluded.enabled,
      description = coalesce(set_feature_flag.description, f.description)
  returning f.* into v_flag;
  return v_flag;
end;
$$;
comment on function app.set_feature_flag is 'Makes or changes a percentage rollout.';
grant execute on function app.set_feature_flag to authenticated, service_role;
