-- A page by walking the order of change and keeping what matches: for searches that match much, and for lists without
-- words.
-- One tier at a time, and no further than a budget of rows: what is missing then, the caller gets by the index.
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
set plan_cache_mode = force_custom_plan
set enable_seqscan = off
set enable_bitmapscan = off
set enable_sort = off
set max_parallel_workers_per_gather = 0
as $$
declare
  v_vendor_id constant uuid := (search).vendor_id;
  v_match constant tsquery := case tier
    when 0 then coalesce((search).in_name && (search).match, (search).match)
    when 1 then (search).in_name_or_brand && (search).match && !! (search).in_name
    else (search).match && !! (search).in_name_or_brand
  end;
  v_updated_after constant timestamptz := (search).updated_after;
  v_status constant text := (search).status;
  -- A cursor of an earlier tier does not bound this one.
  v_time constant timestamptz := case when (place).tier = search_by_walk.tier then (place).updated_at end;
  v_id constant uuid := (place).id;
  v_budget constant int := case when v_match is not null then 15000 end;
begin
  return query
  select search_by_walk.tier, w.updated_at, w.id
  from (
    select p.updated_at, p.id, p.search_tsv, p.soft_deleted_at, p.status
    from public.products as p
    where p.vendor_id = v_vendor_id
      and (v_updated_after is null or p.updated_at > v_updated_after)
      and (v_time is null or (p.updated_at, p.id) < (v_time, v_id))
    order by p.updated_at desc, p.id desc
    limit v_budget
  ) as w
  where (v_match is null or w.search_tsv @@ v_match)
    and w.soft_deleted_at is null
    and (v_status is null or w.status = v_status)
  order by w.updated_at desc, w.id desc
  limit page_limit;
end;
$$;

comment on function app.search_by_walk is
  'The next matches of one tier of a search after a place, in the order of change.';
