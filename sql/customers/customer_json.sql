-- The one shape of a customer in answers. age is of today where dob is known.
create or replace function app.customer_json(customer public.customers)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return jsonb_build_object(
    'id', customer.id,
    'vendor_id', customer.vendor_id,
    'external_id', customer.external_id,
    'full_name', customer.full_name,
    'email', customer.email,
    'phone', customer.phone,
    'dob', customer.dob,
    'age', coalesce(app.age_on(customer.dob), customer.age),
    'gender', customer.gender,
    'location', customer.location,
    'custom_tags', customer.custom_tags,
    'created_by', customer.created_by,
    'updated_by', customer.updated_by,
    'created_at', to_char(customer.created_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'updated_at', to_char(customer.updated_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
  );
end;
$$;

comment on function app.customer_json is 'A customer as answers show them.';
grant execute on function app.customer_json to authenticated, service_role;
