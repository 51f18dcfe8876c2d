-- What matching asks of a product, narrow: masks instead of lists, nutrients of one serving as columns. One row for
-- each product that can be shown (active, not deleted), kept in step with public.products by statement triggers,
-- whoever writes (keep_match_facts.sql). An approximation for finding candidates: answers are computed from the
-- product itself.
--   unsafe    allergens it contains or may contain, with those above, and those below that it is not declared free from
--   unproven  allergens that it could contain for all that is known
--   cell      products alike in what most customers' budgets ask; app.match_cells bounds each cell's scores
create table app.product_match_facts (
  vendor_id uuid not null,
  product_id uuid not null,
  changed_at bigint not null,
  written_by xid8 not null default pg_current_xact_id(),
  unsafe bigint not null,
  unproven bigint not null,
  tags bigint not null,
  cell int not null,
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
  primary key (vendor_id, product_id)
);

comment on table app.product_match_facts is 'Narrow companion of products for the matching, kept by triggers.';
comment on column app.product_match_facts.changed_at is 'products.updated_at in microseconds since 1970.';
comment on column app.product_match_facts.written_by is
  'The transaction that wrote the row: what the statistics of the cells do not cover yet.';
comment on column app.product_match_facts.unsafe is 'Mask of allergens contained or possible, by app.match_bits.';
comment on column app.product_match_facts.unproven is 'Mask of allergens that nothing rules out.';
comment on column app.product_match_facts.tags is 'Mask of dietary tags and those above them.';
comment on column app.product_match_facts.cell is 'Products alike in their nutrients; see app.match_cells.';
comment on column app.product_match_facts.added_sugar_g is 'Added sugar, or where it is not stated, all sugar.';

create index product_match_facts_cell on app.product_match_facts (vendor_id, cell, changed_at);
create index product_match_facts_class on app.product_match_facts (vendor_id, unsafe, unproven, tags);
create index product_match_facts_written on app.product_match_facts (vendor_id, written_by);

alter table app.product_match_facts enable row level security;
alter table app.product_match_facts force row level security;
