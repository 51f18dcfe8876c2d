-- The daily limits of a customer as they hold today, for the matching; null without a profile. Internal: the caller
-- checks role and consent (app.require_health_consent) and writes the audit row.
create or replace function app.customer_limits(vendor_id uuid, customer_id uuid)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
begin
  return (app.fresh_health_profile(customer_limits.vendor_id, customer_limits.customer_id)).derived_limits;
end;
$$;

comment on function app.customer_limits is 'derived_limits of a customer (docs/health.md), derived anew where stale.';
