-- One wording for a product that is missing, deleted or another vendor's: existence never leaks.
create or replace function app.raise_product_not_found()
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  perform app.raise_problem(
    status => 404,
    type => 'not-found',
    detail => 'There is no such product.',
    hint => 'Look it up with search_products; ids are derived from the vendor and the external_id.'
  );
end;
$$;

comment on function app.raise_product_not_found is 'Problem 404 for a product.';
grant execute on function app.raise_product_not_found to authenticated, service_role;
