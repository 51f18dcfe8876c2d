-- The next places of a search, in order, as an array; null when there are none.
create or replace function app.find_places(search app.product_search, place app.product_place, page_limit int)
returns app.product_place[]
language plpgsql
stable
set search_path = ''
as $$
begin
  if (search).nothing then
    return null;
  end if;
  return (
    select array_agg(f order by f.tier, f.updated_at desc, f.id desc)
    from app.find_products(search, place, page_limit) as f
  );
end;
$$;

comment on function app.find_places is 'The next places of a search as an array.';
