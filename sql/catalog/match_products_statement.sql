-- Fetches all matches by the search index, sorts them, and cuts a page of some tiers: for searches that match little.
-- `whole` is checked on the rows alone.
create or replace function app.match_products_statement()
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return '
  with matched as materialized (
    select
      case
        when in_name is null or p.search_tsv @@ in_name then 0
        when p.search_tsv @@ in_name_or_brand then 1
        else 2
      end as place_tier,
      p.updated_at,
      p.id
    from %1$s as p
    where p.search_tsv @@ match
      and (whole is null or p.search_tsv @@ whole)
      and p.soft_deleted_at is null
      and (status is null or p.status = status)
      and p.updated_at > updated_after
  )
  select m.place_tier, m.updated_at, m.id
  from matched as m
  where m.place_tier between first_tier and last_tier
    and (
      m.place_tier > after_tier
      or (m.place_tier = after_tier and (m.updated_at, m.id) < (before_time, before_id))
    )
  order by m.place_tier, m.updated_at desc, m.id desc
  limit page_limit';
end;
$$;

comment on function app.match_products_statement is 'The statement of a vendor''s match_products.';
