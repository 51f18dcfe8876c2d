-- Change of one customer behind public.patch_customer and public.put_customer: an item with one row through the same
-- merge, so that the same rules hold. replace sets every field the body leaves out to nothing. Definer for the reason
-- told at app.upsert_customers.
create or replace function app.change_customer(id uuid, given jsonb, replace boolean)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_operator');
  v_external_id text;
  v_answer jsonb;
begin
  if given is null or jsonb_typeof(given) <> 'object' then
    perform app.refuse_field_errors(jsonb_build_array(app.field_error('', 'invalid_type', 'must be an object')));
  end if;
  select c.external_id into v_external_id
  from public.customers as c
  where c.vendor_id = v_vendor_id and c.id = change_customer.id and c.soft_deleted_at is null
  for no key update;
  if not found then
    perform app.raise_customer_not_found();
  end if;
  if given ? 'external_id' and given ->> 'external_id' is distinct from v_external_id then
    perform app.refuse_field_errors(jsonb_build_array(
      app.field_error('/external_id', 'immutable', 'identifies the customer and cannot change')
    ));
  end if;
  if change_customer.replace then
    given := (select jsonb_object_agg(f.field, null) from app.customer_item_fields() as f) || given;
  end if;
  v_answer := app.upsert_customers(jsonb_build_array(given || jsonb_build_object('external_id', v_external_id)));
  perform app.refuse_field_errors((
    select coalesce(jsonb_agg(
      jsonb_build_object(
        'pointer', substr(e.error ->> 'pointer', length('/items/0') + 1), 'code', e.error -> 'code',
        'detail', e.error -> 'detail'
      )
    ), '[]')
    from jsonb_array_elements(v_answer -> 'errors') as e (error)
  ));
  return public.get_customer(change_customer.id);
end;
$$;

comment on function app.change_customer is
  'Changes or replaces one customer; see public.patch_customer and public.put_customer.';
grant execute on function app.change_customer to authenticated;
