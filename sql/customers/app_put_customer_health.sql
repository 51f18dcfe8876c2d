-- Writing a health profile, behind public.put_customer_health. Definer for the reason told at app.get_customer_health.
-- The profile is replaced whole. The audit row names the fields that changed; values stay out of every log.
create or replace function app.put_customer_health(customer_id uuid, profile jsonb, purpose text default null)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_operator');
  v_customer constant public.customers := app.require_customer(v_vendor_id, put_customer_health.customer_id, true);
  v_read record;
  v_changed text[];
begin
  perform app.require_health_consent(v_vendor_id, put_customer_health.customer_id);
  v_read := app.read_health_profile(v_customer, put_customer_health.profile);
  perform app.refuse_field_errors(v_read.errors);
  v_changed := app.save_health_profile(v_read.profile);
  perform app.write_audit(
    action => 'health.written',
    entity => 'customer',
    entity_id => put_customer_health.customer_id::text,
    after => jsonb_build_object('changed', v_changed),
    justification => left(put_customer_health.purpose, 500)
  );
  if v_changed <> '{}' then
    perform app.emit_event(
      v_vendor_id, 'customer.updated',
      jsonb_build_object(
        'count', 1, 'customer_ids', jsonb_build_array(put_customer_health.customer_id), 'change', 'health'
      )
    );
  end if;
  return app.health_json(
    app.fresh_health_profile(v_vendor_id, put_customer_health.customer_id),
    case jsonb_typeof(put_customer_health.profile -> 'age') when 'number'
      then (put_customer_health.profile ->> 'age')::numeric end
  );
end;
$$;

comment on function app.put_customer_health is
  'Stores a health profile and writes down who did; see public.put_customer_health.';
grant execute on function app.put_customer_health to authenticated;
