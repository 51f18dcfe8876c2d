-- How many of a vendor's products share the same masks: what each hard filter excludes is counted here instead of in
-- half a million rows. Taken with app.match_cells.
create table app.match_classes (
  vendor_id uuid not null,
  unsafe bigint not null,
  unproven bigint not null,
  tags bigint not null,
  products int not null,
  primary key (vendor_id, unsafe, unproven, tags)
);

comment on table app.match_classes is 'Products by masks, for the counts of excluded ones.';

alter table app.match_classes enable row level security;
alter table app.match_classes force row level security;
