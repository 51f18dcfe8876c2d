-- Where a row stands in every list of customers: newest change first.
create type app.customer_place as (updated_at timestamptz, id uuid);

comment on type app.customer_place is 'Place of a customer in a list.';
