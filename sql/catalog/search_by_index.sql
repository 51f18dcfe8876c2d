-- A page of some tiers by the GIN index: fetch all matches, sort, cut. For searches that match little; gives the same
-- page as walking does.
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
set plan_cache_mode = force_custom_plan
set enable_seqscan = off
set max_parallel_workers_per_gather = 0
as $$
declare
  -- Plain variables: the planner folds them into the plan, fields of a parameter it does not.
  v_vendor_id constant uuid := (search).vendor_id;
  v_match constant tsquery := case when last_tier < 2
    then coalesce((search).names, (search).match) else (search).match end;
  v_in_name constant tsquery := (search).in_name;
  v_in_name_or_brand constant tsquery := (search).in_name_or_brand;
  v_updated_after constant timestamptz := (search).updated_after;
  v_status constant text := (search).status;
begin
  return query
  with matched as materialized (
    select
      case
        when v_in_name is null or p.search_tsv @@ v_in_name then 0
        when p.search_tsv @@ v_in_name_or_brand then 1
        else 2
      end as tier,
      p.updated_at,
      p.id
    from public.products as p
    where p.vendor_id = v_vendor_id
      and p.search_tsv @@ v_match
      and p.soft_deleted_at is null
      and (v_status is null or p.status = v_status)
      and (v_updated_after is null or p.updated_at > v_updated_after)
  )
  select m.tier, m.updated_at, m.id
  from matched as m
  where m.tier between first_tier and last_tier
    and (
      place is null
      or m.tier > (place).tier
      or (m.tier = (place).tier and (m.updated_at, m.id) < ((place).updated_at, (place).id))
    )
  order by m.tier, m.updated_at desc, m.id desc
  limit page_limit;
end;
$$;

comment on function app.search_by_index is 'The next matches of a search after a place, by the search index.';
