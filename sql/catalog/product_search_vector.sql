-- The one recipe of products.search_tsv: words of name (A), brand (B) and short description (C), and facets as lexemes
-- that no word can equal, so that filters ride in the same index:
--   b= brand   c= category, sub-category   u= cuisine   m= market   t= dietary tag
--   a= allergen contained or possible   a=? allergens not fully known   f= allergen it is declared free from
--   n= word of name or brand: without it, a word common in descriptions and rare in names could only be found in names
-- by
--      reading every product that has it anywhere, because the index knows no weights
-- A change here must be followed by: update public.products set search_tsv = app.product_search_vector(...).
create or replace function app.product_search_vector(
  name text,
  brand text,
  short_description text,
  category_ids uuid[],
  cuisine_id uuid,
  market_id uuid,
  dietary_tags text[],
  allergens text[],
  may_contain text[],
  free_from text[]
)
returns tsvector
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_name text := name;
  v_brand text := brand;
  v_short_description text := short_description;
  v_names tsvector;
begin
  -- One look at all three, which costs what a look at one does: most products have nothing to take out.
  if concat_ws(' ', name, brand, short_description) ~ app.misread_characters() then
    v_name := app.search_words(name);
    v_brand := app.search_words(brand);
    v_short_description := app.search_words(short_description);
  end if;
  v_names := setweight(to_tsvector('app.catalog_words', v_name), 'A')
    || setweight(to_tsvector('app.catalog_words', coalesce(v_brand, '')), 'B');
  return v_names
    || setweight(to_tsvector('app.catalog_words', coalesce(v_short_description, '')), 'C')
    || array_to_tsvector(
      -- Joined and split again: unlike a subquery, this stays one expression, and a bulk load feels the difference.
      -- Only brand is free text; it must not bring a separator and with it a facet of its own making.
      string_to_array(
        concat_ws(
          E'\x1f',
          -- Plain words between single blanks, nearly every brand there is, fold by case alone.
          'b=' || case when brand ~ '^[!-~]+( [!-~]+)*$' then lower(brand)
            else nullif(app.fold_text(translate(brand, E'\x1f', '')), '') end,
          'c=' || nullif(array_to_string(category_ids, E'\x1fc='), ''),
          'u=' || cuisine_id,
          'm=' || market_id,
          't=' || nullif(array_to_string(dietary_tags, E'\x1ft='), ''),
          'a=' || nullif(array_to_string(allergens, E'\x1fa='), ''),
          'a=' || nullif(array_to_string(may_contain, E'\x1fa='), ''),
          case when allergens is null or concat_ws(',', '', allergens, may_contain) ~ '[,{"]other:' then 'a=?' end,
          'f=' || nullif(array_to_string(free_from, E'\x1ff='), ''),
          'n=' || nullif(array_to_string(tsvector_to_array(v_names), E'\x1fn='), '')
        ),
        E'\x1f'
      )
    );
end;
$$;

comment on function app.product_search_vector is 'Builds products.search_tsv from the values it depends on.';
