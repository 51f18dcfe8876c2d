-- One wording for a customer who is missing, deleted or another vendor's: existence never leaks.
create or replace function app.raise_customer_not_found()
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  perform app.raise_problem(
    status => 404,
    type => 'not-found',
    detail => 'There is no such customer.',
    hint => 'Look them up with search_customers; ids are derived from the vendor and the external_id.'
  );
end;
$$;

comment on function app.raise_customer_not_found is 'Problem 404 for a customer.';
grant execute on function app.raise_customer_not_found to authenticated, service_role;
