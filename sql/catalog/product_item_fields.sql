-- The fields an item of upsert_products or a patch may carry, their JSON types, and the name under which the merge
-- knows whether they were given. Null is always allowed and clears the field.
create or replace function app.product_item_fields()
returns table (field text, types text[], given_as text)
language sql
immutable
parallel safe
set search_path = ''
as $$
  values
    ('external_id', '{string}'::text[], 'external_id'),
    ('barcode', '{string}', 'barcode'),
    ('name', '{string}', 'name'),
    ('brand', '{string}', 'brand'),
    ('description', '{string}', 'description'),
    ('short_description', '{string}', 'short_description'),
    ('category', '{string}', 'category'),
    ('category_id', '{string}', 'category'),
    ('sub_category', '{string}', 'sub_category'),
    ('sub_category_id', '{string}', 'sub_category'),
    ('cuisine', '{string}', 'cuisine'),
    ('cuisine_id', '{string}', 'cuisine'),
    ('market', '{string}', 'market'),
    ('market_id', '{string}', 'market'),
    ('nutrition', '{object}', 'nutrition'),
    ('nutrition_basis', '{string}', 'nutrition_basis'),
    ('serving_size', '{string}', 'serving_size'),
    ('package_weight', '{string}', 'package_weight'),
    ('price', '{string,number}', 'price'),
    ('currency', '{string}', 'currency'),
    ('status', '{string}', 'status'),
    ('ingredients', '{string}', 'ingredients'),
    ('dietary_tags', '{array}', 'dietary_tags'),
    ('allergens', '{array}', 'allergens'),
    ('may_contain', '{array}', 'may_contain'),
    ('free_from', '{array}', 'free_from'),
    ('certifications', '{array}', 'certifications'),
    ('regulatory_codes', '{array}', 'regulatory_codes'),
    ('source_url', '{string}', 'source_url'),
    ('images', '{array}', 'images');
$$;

comment on function app.product_item_fields is 'Fields of a product item and their JSON types.';
