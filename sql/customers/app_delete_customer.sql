-- Removing a customer, behind public.delete_customer. soft: nobody can find them any more, every granted consent is
-- withdrawn, and the data waits for its retention or an erasure. hard: the row and all that is kept about the customer
-- are gone; a customer deleted softly can still be erased. Both are audited, without values.
create or replace function app.delete_customer(id uuid, mode text, purpose text)
returns void
language plpgsql
volatile
security definer
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_operator');
  v_found boolean;
begin
  if mode is null or mode not in ('soft', 'hard') then
    perform app.refuse_field_errors(jsonb_build_array(
      app.field_error('/mode', 'invalid_value', 'must be soft or hard')
    ));
  end if;
  if mode = 'hard' then
    delete from public.customers as c where c.vendor_id = v_vendor_id and c.id = delete_customer.id;
    v_found := found;
  else
    update public.customers as c
    set soft_deleted_at = now(), updated_at = now(), updated_by = app.current_user_id()
    where c.vendor_id = v_vendor_id and c.id = delete_customer.id and c.soft_deleted_at is null;
    v_found := found;
    insert into public.customer_consents (vendor_id, customer_id, consent_type, granted, version, recorded_by, note)
    select v_vendor_id, delete_customer.id, l.consent_type, false, l.version, app.current_user_id(), 'customer deleted'
    from (
      select distinct on (c.consent_type) c.consent_type, c.granted, c.version
      from public.customer_consents as c
      where v_found and c.vendor_id = v_vendor_id and c.customer_id = delete_customer.id
      order by c.consent_type, c.id desc
    ) as l
    where l.granted;
  end if;
  if not v_found then
    perform app.raise_customer_not_found();
  end if;
  perform app.write_audit(
    action => case mode when 'hard' then 'customer.erased' else 'customer.deleted' end,
    entity => 'customer',
    entity_id => delete_customer.id::text,
    justification => left(delete_customer.purpose, 500)
  );
  perform app.emit_event(
    v_vendor_id, 'customer.updated',
    jsonb_build_object(
      'count', 1, 'customer_ids', jsonb_build_array(delete_customer.id),
      'change', case mode when 'hard' then 'erased' else 'deleted' end
    )
  );
end;
$$;

comment on function app.delete_customer is 'Deletes or erases a customer; see public.delete_customer.';
grant execute on function app.delete_customer to authenticated;
