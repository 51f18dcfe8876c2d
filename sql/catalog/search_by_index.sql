-- A page of some tiers by the search index: fetch all matches, sort, cut. For searches that match little; gives the
-- same page as walking does.
create or replace function app.search_by_index(
  search app.product_search,
  first_tier int,
  last_tier int,
  place app.product_place,
  page_limit int
)
returns setof app.product_place
language plpgsql
stable
set search_path = ''
as $$
begin
  return query execute format(
    'select * from partitions.match_products_%s($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)', (search).vendor_key
  )
  using
    case when last_tier < 2 then coalesce((search).names, (search).probe) else (search).probe end,
    case when (search).recheck then (search).match end,
    (search).in_name, (search).in_name_or_brand, (search).updated_after, (search).status, first_tier, last_tier,
    coalesce((place).tier, -1), (place).updated_at, (place).id, page_limit;
end;
$$;

comment on function app.search_by_index is 'The next matches of a search after a place, by the search index.';
