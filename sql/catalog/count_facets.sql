-- How many matches of a search have each brand, category and tag: the 20 most frequent of each. Exact up to 3,000
-- matches. Beyond, as many hash leaves are counted as hold about that many: a fair sample, since the hash is of the id.
-- The counts are then scaled up, and said to be approximate.
create or replace function app.count_facets(search app.product_search, facets text[])
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  most_rows constant int := 3000;
  all_leaves constant int := 16;
  v_products constant double precision := coalesce(
    (
      select greatest(s.products + s.changes, 1) from app.catalog_statistics as s
      where s.vendor_id = (search).vendor_id
    ),
    1
  );
  v_matches constant double precision := app.estimate_matches(search, v_products, 'anywhere');
  v_leaves int := least(all_leaves, greatest(1, ceil(all_leaves * most_rows / greatest(v_matches, 1))));
  v_counts jsonb;
begin
  v_counts := app.facet_counts(search, facets, v_leaves, most_rows + 1);
  if v_leaves = all_leaves and (v_counts ->> 'rows')::int > most_rows then
    -- More than was thought: the rows read are the first leaves' alone.
    v_leaves := 1;
    v_counts := app.facet_counts(search, facets, v_leaves, most_rows + 1);
  end if;
  return jsonb_build_object('approximate', v_leaves < all_leaves) || coalesce(
    (
      select jsonb_object_agg(f.key, app.scale_facet(
        f.value,
        case
          when v_leaves < all_leaves and (v_counts ->> 'rows')::int > most_rows
            then greatest(v_matches / most_rows, all_leaves)
          else all_leaves::double precision / v_leaves
        end
      ))
      from jsonb_each(v_counts - 'rows') as f
    ),
    '{}'
  );
end;
$$;

comment on function app.count_facets is 'Counts of the matches of a search by brand, category and tag.';
