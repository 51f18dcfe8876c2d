-- Reads and checks the arguments of search_products; filters become facet lexemes. Codes may be synonyms ("shellfish").
create or replace function app.read_product_search(
  vendor_id uuid,
  reading app.product_reading,
  brand text,
  category_id uuid,
  tags_any text[],
  allergens_none text[],
  updated_after timestamptz,
  status text,
  sort text
)
returns app.product_search
language plpgsql
stable
set search_path = ''
as $$
declare
  q constant text := (reading).q;
  v_search app.product_search;
  v_query tsquery;
  v_opened record;
  v_filter tsquery;
  v_facets tsquery;
  v_lexemes text[];
  v_unknown text[];
  v_code text;
begin
  v_search.vendor_id := read_product_search.vendor_id;
  v_search.vendor_key := replace(read_product_search.vendor_id::text, '-', '');
  v_search.updated_after := coalesce(read_product_search.updated_after, '-infinity');
  v_search.status := read_product_search.status;
  v_search.any_of := '{}';
  v_search.none_of := '{}';
  v_search.words := '{}';
  v_search.nothing := false;
  v_search.by_relevance := app.is_by_relevance(q, sort);

  if q ~ '[^[:space:]]' then
    v_query := app.parse_search(q);
    v_search.nothing := numnode(v_query) = 0;
    v_search.words := tsvector_to_array(to_tsvector('app.catalog_words', app.search_words(q)));
    if (reading).prefix and not v_search.nothing then
      v_opened := app.open_last_word(q, v_query);
      v_query := coalesce(v_opened.opened, v_query);
      v_search.beginning := v_opened.beginning;
    end if;
    if v_search.by_relevance and not v_search.nothing then
      v_search.in_name := app.weigh_query(v_query, 'A');
      v_search.in_name_or_brand := app.weigh_query(v_query, 'AB');
    end if;
  end if;

  if app.fold_text(brand) <> '' then
    v_lexemes := array['b=' || app.fold_text(brand)];
    v_filter := app.lexeme_query(v_lexemes);
    v_search.any_of := v_search.any_of || array_to_string(v_lexemes, E'\x1f');
  end if;
  if read_product_search.category_id is not null then
    v_lexemes := app.category_lexemes(read_product_search.vendor_id, read_product_search.category_id);
    v_filter := coalesce(v_filter && app.lexeme_query(v_lexemes), app.lexeme_query(v_lexemes));
    v_search.any_of := v_search.any_of || array_to_string(v_lexemes, E'\x1f');
  end if;
  if cardinality(tags_any) > 0 then
    select array_agg(distinct 't=' || coalesce(m.canonical, app.token_code(m.token))) into v_lexemes
    from app.match_tokens(read_product_search.vendor_id, 'diet', tags_any) as m
    where m.token is not null;
    v_filter := coalesce(v_filter && app.lexeme_query(v_lexemes), app.lexeme_query(v_lexemes));
    v_search.any_of := v_search.any_of || array_to_string(v_lexemes, E'\x1f');
  end if;
  v_facets := v_filter;
  if cardinality(allergens_none) > 0 then
    select
      array_agg(distinct m.canonical) filter (where m.canonical not in ('none', 'unspecified')),
      array_agg(m.token) filter (where m.canonical is null)
    into v_lexemes, v_unknown
    from app.match_tokens(read_product_search.vendor_id, 'allergen', allergens_none) as m
    where m.token is not null;
    if v_unknown is not null then
      perform app.raise_search_problem(
        '/allergens.none', 'unknown_allergen', app.fault_detail('/allergens.none', 'unknown_allergen', v_unknown)
      );
    end if;
    foreach v_code in array coalesce(v_lexemes, '{}') loop
      v_filter := coalesce(
        v_filter && app.allergen_free_query(read_product_search.vendor_id, v_code),
        app.allergen_free_query(read_product_search.vendor_id, v_code)
      );
      v_search.none_of := v_search.none_of || ('a=' || v_code);
    end loop;
    v_search.none_of := v_search.none_of || 'a=?'::text;
  end if;
  v_search.match := coalesce(v_query && v_filter, v_query, v_filter);
  -- What the index is asked for leaves out what is absent: it would weigh every product that has the allergen. Rows are
  -- few then, and checked again.
  v_search.probe := coalesce(v_query && v_facets, v_query, v_facets, v_search.match);
  v_search.recheck := v_filter is distinct from v_facets;
  -- Words of names say less than negations and alternatives do. What the index finds by them stands in a tier only when
  -- the whole query holds there, phrases included.
  if v_search.in_name is not null and v_query::text !~ '[!|]' then
    select string_agg(
      app.quote_lexeme('n=' || w.word) || case when w.word = v_search.beginning then ':*' else '' end, ' & '
    )::tsquery
    into v_search.names
    from unnest(v_search.words) as w (word);
    v_search.names := coalesce(v_search.names && v_facets, v_search.names);
  end if;
  return v_search;
end;
$$;

comment on function app.read_product_search is 'Arguments of search_products as a checked search.';
