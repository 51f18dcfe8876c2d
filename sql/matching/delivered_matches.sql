-- Which products a customer was ever shown as a match, and when last: the memory behind the question of a recall (who
-- had this?). Written with each computed match, read by app.affected_customers only; gone with the customer.
create table app.delivered_matches (
  vendor_id uuid not null,
  product_id uuid not null,
  customer_id uuid not null,
  last_at timestamptz not null,
  primary key (vendor_id, product_id, customer_id)
);
create index delivered_matches_customer on app.delivered_matches (vendor_id, customer_id, product_id);

comment on table app.delivered_matches is 'Products shown to customers as matches, with the last time.';

alter table app.delivered_matches enable row level security;
alter table app.delivered_matches force row level security;
