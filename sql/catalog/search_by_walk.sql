-- A page of one tier by walking the order of change and keeping what matches: for searches that match much, and for
-- lists without words. No further than a budget of rows: what is missing then, the caller gets by the index.
create or replace function app.search_by_walk(
  search app.product_search,
  tier int,
  place app.product_place,
  page_limit int
)
returns setof app.product_place
language plpgsql
stable
set search_path = ''
as $$
declare
  v_match constant tsquery := case tier
    when 0 then coalesce((search).in_name && (search).match, (search).match)
    when 1 then (search).in_name_or_brand && (search).match && !! (search).in_name
    else (search).match && !! (search).in_name_or_brand
  end;
  -- A cursor of an earlier tier does not bound this one.
  v_bound constant boolean := (place).tier is not distinct from search_by_walk.tier;
begin
  return query execute format(
    'select * from partitions.walk_products_%s($1, $2, $3, $4, $5, $6, $7, $8)', (search).vendor_key
  )
  using
    v_match, (search).updated_after, (search).status, search_by_walk.tier,
    case when v_bound then (place).updated_at else 'infinity' end,
    case when v_bound then (place).id else 'ffffffff-ffff-ffff-ffff-ffffffffffff' end,
    case when v_match is null then null else 15000 end::bigint, page_limit;
end;
$$;

comment on function app.search_by_walk is
  'The next matches of one tier of a search after a place, in the order of change.';
