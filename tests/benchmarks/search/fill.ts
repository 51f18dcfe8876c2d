import type { Sql } from "postgres";

/** How many words the generated language has; word i is drawn with a chance of 1/i. */
export const vocabulary = 30_000;

/**
 * Fills a vendor with generated products, in SQL: names of 2 to 5 words, half with a description of 4 to 16, 2,000
 * brands, tags, allergens known for most. Rows of a batch share their time, as those of a file do, so the order of
 * change runs across the pages of the heap: the hard case.
 */
export async function fillProducts(sql: Sql, vendorId: string, rows: number): Promise<void> {
  const batch = 50_000;
  await sql`set synchronous_commit = off`;
  await sql.unsafe(helpers);
  for (let from = 0; from < rows; from += batch) {
    const count = Math.min(batch, rows - from);
    await sql.begin(async (tx) => {
      await tx`select setseed(${(from % 1_000_003) / 1_000_003})`;
      await tx.unsafe(insert, [vendorId, from, count]);
    });
    await sql`select app.flush_search_index(${vendorId})`;
  }
  await sql`select app.refresh_catalog_lexemes(${vendorId})`;
  await sql`vacuum analyze public.products`;
}

const helpers = `
create or replace function pg_temp.word(rank int) returns text language sql immutable as $$
  select (array['ba','ko','ri','mu','ten','sa','lo','vi','na','pe','dor','mi','ka','fu','les','to','ga','be','shi','ran'])[rank % 20 + 1]
    || (array['n','l','ra','so','mi','te','k','do','va','s','pa','r','lu','ge','mo','ne','x','ti','zu','ch'])[rank / 20 % 20 + 1]
    || case when rank >= 400 then
      (array['a','in','er','o','um','es','al','or','ix','ade','ine','el','us','on','et'])[rank / 400 % 15 + 1] else '' end
    || case when rank >= 6000 then (array['tar','bel','wen','cos','dun','fil'])[rank / 6000 % 6 + 1] else '' end
$$;
create or replace function pg_temp.words(count int) returns text language sql volatile as $$
  select string_agg(pg_temp.word(exp(random() * ln(${vocabulary}))::int), ' ') from generate_series(1, count)
$$;`;

const insert = `
insert into public.products (
  vendor_id, id, external_id, name, brand, short_description, description, price, dietary_tags, allergens, may_contain,
  nutrition, nutrition_basis, ingredients, category_id, updated_at
)
select
  $1::uuid, extensions.uuid_generate_v5($1::uuid, 'g' || i), 'g' || i,
  initcap(pg_temp.words(2 + (random() * 3)::int)),
  initcap(pg_temp.word(500 + (random() * 2000)::int)),
  case when random() < 0.5 then pg_temp.words(4 + (random() * 12)::int) end,
  repeat('Long text of a product. ', 8),
  round((random() * 40 + 0.5)::numeric, 2),
  array(select t from unnest(array['vegan', 'vegetarian', 'organic', 'kosher']) as t where random() < 0.25 and i > 0),
  case when random() < 0.85 then
    array(select a from unnest(array['milk', 'soybeans', 'eggs', 'gluten', 'peanuts']) as a where random() < 0.15 and i > 0) end,
  case when random() < 0.1 then '{tree_nuts}'::text[] end,
  '{"calories": 120, "protein_g": 3.4, "fat_g": 5, "carbs_g": 14.5, "sodium_mg": 40}',
  '100g',
  'Water, sugar, starch, oil, salt',
  (select c.ids[1 + (i * 7919::bigint % cardinality(c.ids))::int]
   from (select array_agg(t.id order by t.code) as ids from public.tax_categories as t where t.vendor_id is null) as c),
  timestamptz '2026-01-01' + make_interval(mins => ($2 / 50000)::int)
from generate_series($2::int + 1, $2::int + $3::int) as i`;
