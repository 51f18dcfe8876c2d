-- The fields a file of products speaks about: an empty cell of one clears the stored value.
create or replace function app.products_given_fields(mapping jsonb)
returns text[]
language sql
stable
set search_path = ''
as $$
  select array(
    select c.name from app.product_columns(products_given_fields.mapping) as c where c.is_given order by c.name
  );
$$;
comment on function app.products_given_fields is 'Fields of products that a mapping fills.';
