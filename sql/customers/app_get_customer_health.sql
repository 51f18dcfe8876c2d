-- Reading a health profile, behind public.get_customer_health. Definer, because nobody has a grant on health data: this
-- function and app.put_customer_health are the only doors. Role, existence, consent; then the audit row, then the data.
create or replace function app.get_customer_health(customer_id uuid, purpose text default null)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_operator');
  v_profile public.customer_health_profiles;
begin
  perform app.require_customer(v_vendor_id, get_customer_health.customer_id);
  perform app.require_health_consent(v_vendor_id, get_customer_health.customer_id);
  v_profile := app.fresh_health_profile(v_vendor_id, get_customer_health.customer_id);
  if v_profile.customer_id is null then
    perform app.raise_problem(
      status => 404,
      type => 'not-found',
      detail => 'The customer has no health profile.',
      hint => 'Store one with put_customer_health.'
    );
  end if;
  perform app.write_audit(
    action => 'health.read',
    entity => 'customer',
    entity_id => get_customer_health.customer_id::text,
    justification => left(get_customer_health.purpose, 500)
  );
  return app.health_json(v_profile);
end;
$$;

comment on function app.get_customer_health is
  'Reads a health profile and writes down who did; see public.get_customer_health.';
grant execute on function app.get_customer_health to authenticated;
