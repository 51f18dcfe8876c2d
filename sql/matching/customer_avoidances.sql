-- What each customer avoids, by allergen code: the own list and the rules' together, whether an entry has exceptions
-- or not. A narrow companion of customer_health_profiles: the question of a recall walks it instead of a gigabyte of
-- profiles, and asks the profile of those it finds. Who avoids nothing has no row.
create table app.customer_avoidances (
  vendor_id uuid not null,
  customer_id uuid not null,
  codes text[] not null,
  primary key (vendor_id, customer_id)
);
-- For allergens that few avoid; for others the order of customers is walked.
create index customer_avoidances_codes on app.customer_avoidances using gin (codes);

comment on table app.customer_avoidances is 'Allergens that customers avoid, kept by triggers on their profiles.';
comment on column app.customer_avoidances.codes is 'Allergen codes, sorted.';

alter table app.customer_avoidances enable row level security;
alter table app.customer_avoidances force row level security;
