-- Search and list behind public.search_products. Definer: under row level security the search index cannot be used (@@
-- is not leakproof), so this function takes the vendor from the claims itself and names it in every query. Never from
-- an argument.
create or replace function app.search_products(
  q text,
  brand text,
  category_id uuid,
  tags_any text[],
  allergens_none text[],
  updated_after timestamptz,
  status text,
  sort text,
  cursor text,
  page_limit int
)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_viewer');
  v_search app.product_search;
  v_scope text;
  v_place app.product_place;
  v_places app.product_place[];
  v_more boolean;
  v_data jsonb;
begin
  perform app.check_product_search(q, brand, tags_any, allergens_none, status, sort, page_limit);
  v_search := app.read_product_search(
    v_vendor_id, q, brand, category_id, tags_any, allergens_none, updated_after, status, sort
  );
  v_scope := format('products %s %s', v_vendor_id, app.fingerprint(jsonb_build_array(
    q, brand, category_id, tags_any, allergens_none, extract(epoch from updated_after), status, (v_search).by_relevance
  )));
  if search_products.cursor is not null then
    select (k.keys ->> 't')::int, (k.keys ->> 'u')::timestamptz, (k.keys ->> 'i')::uuid into v_place
    from app.decode_cursor(v_scope, search_products.cursor) as k (keys);
  end if;

  if not (v_search).nothing then
    -- One more than the page tells whether there is another.
    select array_agg(f order by f.tier, f.updated_at desc, f.id desc) into v_places
    from app.find_products(v_search, v_place, page_limit + 1) as f;
  end if;
  v_more := cardinality(v_places) > page_limit;
  v_places := v_places[:page_limit];
  v_data := app.product_rows(v_vendor_id, v_places, (v_search).by_relevance);
  v_place := v_places[page_limit];
  return jsonb_build_object(
    'data', v_data,
    'next_cursor', case when v_more then
      app.encode_cursor(v_scope, jsonb_build_object('t', (v_place).tier, 'u', (v_place).updated_at, 'i', (v_place).id))
    end
  );
end;
$$;

comment on function app.search_products is 'Searches the caller''s catalogue; see public.search_products.';
grant execute on function app.search_products to authenticated;
