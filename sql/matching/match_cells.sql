-- What is known of each cell of a vendor's facts: how many products, the newest change, what all of them are unsafe
-- for, which tags any has, and the extremes of their nutrients. From these the best score a cell can hold for a
-- customer is bounded, and most cells are never opened. Taken by app.refresh_match_statistics; what was written since
-- is looked at one by one, so old statistics cost time, never a match.
create table app.match_cells (
  vendor_id uuid not null,
  cell int not null,
  products int not null,
  newest bigint not null,
  risky_for bigint not null,
  unsafe_for bigint not null,
  tags bigint not null,
  missing int not null,
  calories real,
  protein_g real,
  carbs_g real,
  fat_g real,
  sat_fat_g real,
  trans_fat_g real,
  sugar_g real,
  added_sugar_g real,
  fiber_g real,
  sodium_mg real,
  cholesterol_mg real,
  potassium_mg real,
  phosphorus_mg real,
  iron_mg real,
  caffeine_mg real,
  alcohol_g real,
  most_protein_g real,
  most_fiber_g real,
  most_iron_mg real,
  primary key (vendor_id, cell)
);

comment on table app.match_cells is 'Statistics of the cells of app.product_match_facts.';
comment on column app.match_cells.newest is 'The greatest changed_at.';
comment on column app.match_cells.risky_for is 'Allergens that every product of the cell contains or cannot rule out.';
comment on column app.match_cells.unsafe_for is 'Allergens that every product of the cell contains or may contain.';
comment on column app.match_cells.tags is 'Tags that at least one product has.';
comment on column app.match_cells.missing is
  'Nutrients some product does not state: a bit each, by app.match_nutrients.';
comment on column app.match_cells.calories is
  'The least stated, as of each nutrient that follows; most_ is the greatest.';

alter table app.match_cells enable row level security;
alter table app.match_cells force row level security;
