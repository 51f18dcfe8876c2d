-- The scoring policy in force for a vendor: its own where it has an active one, else the platform's.
create or replace function app.effective_scoring_policy(vendor_id uuid)
returns public.scoring_policies
language plpgsql
stable
set search_path = ''
as $$
declare
  v_policy public.scoring_policies;
begin
  select s.* into v_policy
  from public.scoring_policies as s
  where s.active and (s.vendor_id is null or s.vendor_id = effective_scoring_policy.vendor_id)
  order by s.vendor_id nulls last
  limit 1;
  return v_policy;
end;
$$;

comment on function app.effective_scoring_policy is 'The scoring policy that holds for a vendor.';
