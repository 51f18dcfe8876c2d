-- A place in the order of a search: tier, then newest change, then greatest id.
create type app.product_place as (tier int, updated_at timestamptz, id uuid);
comment on type app.product_place is 'Where a product stands in the order of a search.';
