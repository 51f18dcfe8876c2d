-- The fields a file of customers speaks about: an empty cell of one clears the stored value.
create or replace function app.customers_given_fields(mapping jsonb)
returns text[]
language sql
stable
set search_path = ''
as $$
  select array(
    select c.name from app.customer_columns(customers_given_fields.mapping) as c where c.is_given order by c.name
  );
$$;

comment on function app.customers_given_fields is 'Fields of customers that a mapping fills.';
