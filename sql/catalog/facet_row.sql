-- What a product adds to the facet counts of a search.
create type app.facet_row as (brand text, category_id uuid, dietary_tags text[]);
comment on type app.facet_row is 'The facets of one match.';
