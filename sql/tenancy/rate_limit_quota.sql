-- The quota that holds for a vendor: its own number, where it is a sound one, else the platform's.
create or replace function app.rate_limit_quota(name text, overrides jsonb, quota int)
returns int
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_own text := rate_limit_quota.overrides ->> rate_limit_quota.name;
begin
  if v_own ~ '^[1-9][0-9]{0,8}$' then
    return v_own::int;
  end if;
  return rate_limit_quota.quota;
end;
$$;
comment on function app.rate_limit_quota is 'The vendor''s own quota of a policy, or the platform''s.';
