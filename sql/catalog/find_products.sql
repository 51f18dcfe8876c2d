-- The next places of a search. Few expected matches: the index; many: tier by tier, each walked or, where it holds few
-- or the walk's budget is spent, by the index. All ways give the order (tier, updated_at desc, id desc), so a page may
-- be made of several and a cursor does not care which.
create or replace function app.find_products(search app.product_search, place app.product_place, page_limit int)
returns setof app.product_place
language plpgsql
stable
set search_path = ''
as $$
declare
  sections constant text[] := array['in_name', 'in_name_or_brand', 'anywhere'];
  has_tiers constant boolean := (search).in_name is not null;
  v_products double precision;
  v_many double precision;
  v_missing int := page_limit;
  v_first int;
  v_last app.product_place := place;
  v_row app.product_place;
begin
  if (search).match is null then
    return query select * from app.search_by_walk(search, 0, place, page_limit);
    return;
  end if;

  select greatest(s.products + s.changes, 1) into v_products
  from app.catalog_statistics as s
  where s.vendor_id = (search).vendor_id;
  -- The index costs about its matches, a walk about page * products / matches: alike where the matches are the root.
  v_many := greatest(1500, sqrt(page_limit * v_products));
  if coalesce(app.estimate_matches(search, v_products, 'anywhere'), 0) <= v_many then
    v_first := 0;
    -- Where names are likely to fill the page, the rest need not be looked at.
    if (search).names is not null and coalesce((place).tier, 0) = 0
      and app.estimate_matches(search, v_products, 'in_name') >= page_limit then
      for v_row in select * from app.search_by_index(search, 0, 0, place, page_limit) loop
        return next v_row;
        v_last := v_row;
        v_missing := v_missing - 1;
      end loop;
      v_first := 1;
    end if;
    if v_missing > 0 then
      return query select * from app.search_by_index(search, v_first, 2, v_last, v_missing);
    end if;
    return;
  end if;

  for v_tier in coalesce((place).tier, 0) .. case when has_tiers then 2 else 0 end loop
    if not has_tiers or app.estimate_matches(search, v_products, sections[v_tier + 1]) > v_many then
      for v_row in select * from app.search_by_walk(search, v_tier, v_last, v_missing) loop
        return next v_row;
        v_last := v_row;
        v_missing := v_missing - 1;
      end loop;
      exit when v_missing = 0;
    end if;
    for v_row in select * from app.search_by_index(search, v_tier, v_tier, v_last, v_missing) loop
      return next v_row;
      v_last := v_row;
      v_missing := v_missing - 1;
    end loop;
    exit when v_missing = 0;
  end loop;
end;
$$;

comment on function app.find_products is 'The next places of a search after a place.';
