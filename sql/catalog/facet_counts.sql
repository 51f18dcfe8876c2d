-- Counts the matches in the first hash leaves of a vendor, no more than some rows: {"rows", "brand", "category",
-- "tags"}. Spellings of a brand that differ by case or accents are one; its most frequent spelling stands for it.
create or replace function app.facet_counts(search app.product_search, facets text[], leaves int, row_limit int)
returns jsonb
language plpgsql
stable
set search_path = ''
set enable_seqscan = off
set max_parallel_workers_per_gather = 0
set jit = off
as $$
declare
  v_rows app.facet_row[] := '{}';
  v_leaf_rows app.facet_row[];
  v_counts jsonb;
begin
  for v_leaf in 0 .. case when (search).nothing then 0 else leaves end - 1 loop
    exit when cardinality(v_rows) >= row_limit;
    execute format(
      'select array_agg(row(p.brand, p.category_id, p.dietary_tags)::app.facet_row)
       from (
         select l.brand, l.category_id, l.dietary_tags
         from partitions.%I as l
         where ($1 is null or l.search_tsv @@ $1)
           and l.soft_deleted_at is null
           and ($2 is null or l.status = $2)
           and l.updated_at > $3
         limit $4
       ) as p',
      'products_' || (search).vendor_key || '_' || to_char(v_leaf, 'fm00')
    )
    using (search).match, (search).status, (search).updated_after, row_limit - cardinality(v_rows)
    into v_leaf_rows;
    v_rows := v_rows || coalesce(v_leaf_rows, '{}');
  end loop;

  v_counts := jsonb_build_object('rows', cardinality(v_rows));
  if 'brand' = any (facets) then
    v_counts := v_counts || jsonb_build_object('brand', app.count_brands(v_rows));
  end if;
  if 'category' = any (facets) then
    v_counts := v_counts || jsonb_build_object('category', app.count_categories(v_rows));
  end if;
  if 'tags' = any (facets) then
    v_counts := v_counts || jsonb_build_object('tags', app.count_tags(v_rows));
  end if;
  return v_counts;
end;
$$;

comment on function app.facet_counts is 'Counts matches by brand, category and tag in some leaves.';
