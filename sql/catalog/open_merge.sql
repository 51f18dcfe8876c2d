-- The work tables of one merge. Temporary: no WAL, invisible to others, made once a connection, emptied here and at
-- commit.
-- What each holds:
--   merge_lists   distinct word lists of the batch and their codes     merge_terms   distinct category labels and their
-- ids
--   merge_rows    the rows with checked, final values                  merge_plan    the rows to write
--   merge_errors  what is refused, and what is left out of a row that is kept (applied)
create or replace function app.open_merge()
returns void
language plpgsql
volatile
set search_path = ''
set client_min_messages = 'warning'
as $$
begin
  if to_regclass('pg_temp.merge_rows') is not null then
    truncate pg_temp.merge_lists, pg_temp.merge_terms, pg_temp.merge_rows, pg_temp.merge_plan, pg_temp.merge_errors;
    return;
  end if;
  create temporary table merge_lists (domain text not null, raw text[] not null, codes text[], unknown text[])
  on commit delete rows;
  create temporary table merge_terms (kind text not null, raw text not null, id uuid)
  on commit delete rows;
  create temporary table merge_rows (
    row_no bigint not null, id uuid, external_id text, given text[], gtin14 text, gtin_type text, barcode text,
    name text,
    brand text, description text, short_description text, category_id uuid, sub_category_id uuid, cuisine_id uuid,
    market_id uuid, nutrition jsonb, nutrition_basis text, serving_size text, package_weight text, price numeric(12, 2),
    currency text, status text, ingredients text, dietary_tags text[], allergens text[], may_contain text[],
    free_from text[], certifications text[], regulatory_codes text[], source_url text, images jsonb,
    content_hash bigint, source_hash bigint, faults text[], unknown text[]
  )
  on commit delete rows;
  create temporary table merge_plan (
    row_no bigint not null, id uuid not null, is_found boolean not null, is_new boolean not null, gtin14 text,
    old_gtin14 text,
    images_changed boolean not null default false, written text
  )
  on commit delete rows;
  create temporary table merge_errors (
    row_no bigint not null, external_id text, pointer text not null, code text not null, detail text not null,
    applied boolean not null default false
  )
  on commit delete rows;
end;
$$;

comment on function app.open_merge is 'Makes or empties the temporary work tables of app.merge_staged_products.';
