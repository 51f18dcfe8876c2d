-- The next places of a search. Many expected matches: walk; few, or the walk's budget spent: the index. Both give the order
-- (tier, updated_at desc, id desc), so a page may be made of both and a cursor does not care.
create or replace function app.find_products(search app.product_search, place app.product_place, page_limit int)
returns setof app.product_place
language plpgsql
stable
set search_path = ''
as $$
declare
  v_tier constant int := coalesce((place).tier, 0);
  v_products double precision;
  v_expected double precision;
  v_found int := 0;
  v_last app.product_place := place;
  v_row app.product_place;
begin
  select s.products + s.changes into v_products
  from app.catalog_statistics as s
  where s.vendor_id = (search).vendor_id;
  v_products := greatest(v_products, 1);

  if (search).match is not null then
    v_expected := app.estimate_matches(
      (search).vendor_id,
      v_products,
      case when (search).in_name is null then 'anywhere' else (array['in_name', 'in_name_or_brand', 'anywhere'])[v_tier + 1] end,
      (search).words, (search).any_of, (search).none_of
    );
  end if;
  -- An index page costs about its matches, a walk about page * products / matches; below some thousands neither is felt.
  if (search).match is null or v_expected > greatest(1500, page_limit * v_products / 10000) then
    for v_row in select * from app.search_by_walk(search, v_tier, place, page_limit) loop
      return next v_row;
      v_last := v_row;
      v_found := v_found + 1;
    end loop;
    if v_found = page_limit or (search).match is null then
      return;
    end if;
  end if;
  return query select * from app.search_by_index(search, v_last, page_limit - v_found);
end;
$$;

comment on function app.find_products is 'The next places of a search after a place.';
