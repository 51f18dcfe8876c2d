-- Search and list behind public.search_products. Definer: under row level security the search index cannot be used (@@
-- is not leakproof), so this function takes the vendor from the claims itself, never from an argument, and asks that
-- vendor's part of the table alone. A cursor also carries how the words were read on the first page (completed,
-- corrected), so that all pages belong to one search.
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
  page_limit int,
  prefix boolean,
  facets text[],
  highlight boolean
)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_viewer');
  v_reading app.product_reading := row(q, coalesce(prefix, false), false);
  v_search app.product_search;
  v_scope text;
  v_keys jsonb;
  v_place app.product_place;
  v_places app.product_place[];
  v_again record;
  v_more boolean;
  v_answer jsonb;
begin
  perform app.check_product_search(q, brand, tags_any, allergens_none, status, sort, page_limit, facets);
  v_scope := 'products ' || v_vendor_id || ' ' || app.fingerprint(jsonb_build_array(
    q, brand, category_id, tags_any, allergens_none, extract(epoch from updated_after), status,
    app.is_by_relevance(q, sort), prefix
  ));
  if search_products.cursor is not null then
    v_keys := app.decode_cursor(v_scope, search_products.cursor);
    v_place := row((v_keys ->> 't')::int, (v_keys ->> 'u')::timestamptz, (v_keys ->> 'i')::uuid);
    v_reading := row(
      coalesce(v_keys ->> 'q', q), coalesce((v_keys ->> 'p')::boolean, v_reading.prefix), v_keys ? 'q'
    );
  end if;
  v_search := app.read_product_search(
    v_vendor_id, v_reading, brand, category_id, tags_any, allergens_none, updated_after, status, sort
  );

  -- One more than the page tells whether there is another.
  v_places := app.find_places(v_search, v_place, page_limit + 1);
  if v_places is null and v_keys is null and cardinality(v_search.words) > 0 then
    select r.* into v_again
    from app.read_search_again(
      v_search, q, prefix, brand, category_id, tags_any, allergens_none, updated_after, status, sort, page_limit + 1
    ) as r;
    v_reading := v_again.reading;
    v_search := v_again.search;
    v_places := v_again.places;
  end if;
  v_more := cardinality(v_places) > page_limit;
  v_places := v_places[:page_limit];
  v_place := v_places[page_limit];
  v_answer := jsonb_build_object(
    'data', app.product_rows(v_search, v_places, highlight),
    'next_cursor', case when v_more then
      app.encode_cursor(v_scope, jsonb_strip_nulls(jsonb_build_object(
        't', (v_place).tier, 'u', (v_place).updated_at, 'i', (v_place).id,
        'q', case when v_reading.corrected then v_reading.q end,
        'p', case when v_reading.prefix and prefix is null then true end
      )))
    end
  );
  if v_reading.corrected then
    v_answer := v_answer || jsonb_build_object('corrected', jsonb_build_object('from', q, 'to', v_reading.q));
  end if;
  if v_reading.prefix and prefix is null then
    v_answer := v_answer || '{"completed": true}';
  end if;
  if cardinality(facets) > 0 then
    v_answer := v_answer || jsonb_build_object('facets', app.count_facets(v_search, facets));
  end if;
  return v_answer;
end;
$$;

comment on function app.search_products is 'Searches the caller''s catalogue; see public.search_products.';
grant execute on function app.search_products to authenticated;
