-- The fields a column may be mapped to, with the operations a column gets when nothing more is known about it.
-- Kind tells what the pipeline makes of the cell; helpers are read while mapping and not stored themselves.
create or replace function app.mapping_fields(mode text)
returns table (field text, kind text, is_helper boolean, transform_ops jsonb)
language sql
immutable
parallel safe
set search_path = ''
as $$
  with fields (mode, field, kind, is_helper, transform_ops) as (
    values
      ('products', 'external_id', 'text', false, jsonb '["trim"]'),
      ('products', 'barcode', 'text', false, '["trim"]'),
      ('products', 'name', 'text', false, '["decode_entities", "collapse_blanks"]'),
      ('products', 'brand', 'text', false, '["decode_entities", "collapse_blanks"]'),
      ('products', 'description', 'text', false, '["decode_entities", "strip_html", "collapse_blanks"]'),
      ('products', 'short_description', 'text', false, '["decode_entities", "strip_html", "collapse_blanks"]'),
      ('products', 'category', 'text', false, '["decode_entities", "collapse_blanks"]'),
      ('products', 'sub_category', 'text', false, '["decode_entities", "collapse_blanks"]'),
      ('products', 'cuisine', 'text', false, '["collapse_blanks"]'),
      ('products', 'market', 'text', false, '["collapse_blanks"]'),
      ('products', 'price', 'number', false, '["money"]'),
      ('products', 'currency', 'text', false, '["currency"]'),
      ('products', 'status', 'text', false, '["trim"]'),
      (
        'products', 'ingredients', 'text', false,
        '["decode_entities", "strip_html", "strip_emphasis", "collapse_blanks"]'
      ),
      ('products', 'serving_size', 'text', false, '["decode_entities", "collapse_blanks"]'),
      ('products', 'package_weight', 'text', false, '["decode_entities", "collapse_blanks"]'),
      ('products', 'dietary_tags', 'list', false, '["decode_entities"]'),
      ('products', 'allergens', 'list', false, '["decode_entities"]'),
      ('products', 'may_contain', 'list', false, '["decode_entities"]'),
      ('products', 'free_from', 'list', false, '["decode_entities"]'),
      ('products', 'certifications', 'list', false, '["decode_entities"]'),
      ('products', 'regulatory_codes', 'list', false, '["decode_entities"]'),
      ('products', 'image_url', 'list', false, '["trim"]'),
      ('products', 'source_url', 'text', false, '["trim"]'),
      ('products', 'serving_size_unit', 'text', true, '["trim"]'),
      ('products', 'serving_quantity', 'number', true, '["parse_number"]'),
      ('products', 'household_serving', 'text', true, '["collapse_blanks"]'),
      ('products', 'package_weight_unit', 'text', true, '["trim"]'),
      ('products', 'sub_brand', 'text', true, '["decode_entities", "collapse_blanks"]'),
      ('products', 'nutrition_basis', 'text', true, '["trim"]'),
      ('customers', 'external_id', 'text', false, '["trim"]'),
      ('customers', 'full_name', 'text', false, '["collapse_blanks"]'),
      ('customers', 'email', 'text', false, '["trim", "lower"]'),
      ('customers', 'phone', 'text', false, '["trim"]'),
      ('customers', 'dob', 'date', false, '["date_iso", "date_mdy", "date_dmy"]'),
      ('customers', 'age', 'number', false, '["parse_number"]'),
      ('customers', 'gender', 'text', false, '["trim"]'),
      ('customers', 'location', 'text', false, '["collapse_blanks"]'),
      ('customers', 'city', 'text', true, '["collapse_blanks"]'),
      ('customers', 'region', 'text', true, '["collapse_blanks"]'),
      ('customers', 'postal_code', 'text', true, '["trim"]'),
      ('customers', 'country', 'text', true, '["collapse_blanks"]'),
      ('customers', 'first_name', 'text', true, '["collapse_blanks"]'),
      ('customers', 'last_name', 'text', true, '["collapse_blanks"]'),
      ('customers', 'custom_tags', 'list', false, '[]'),
      ('customers', 'health_consent', 'text', false, '["boolean"]'),
      ('customers', 'height_cm', 'number', false, '["to_cm"]'),
      ('customers', 'weight_kg', 'number', false, '["to_kg"]'),
      ('customers', 'activity_level', 'text', false, '["trim"]'),
      ('customers', 'conditions', 'list', false, '[]'),
      ('customers', 'diet_goals', 'list', false, '[]'),
      ('customers', 'avoid_allergens', 'list', false, '[]')
  )
  select f.field, f.kind, f.is_helper, f.transform_ops
  from fields as f
  where f.mode = mapping_fields.mode
  union all
  select b.prefix || n.key, 'nutrient', false, jsonb_build_array('to_' || app.nutrient_unit(n.key))
  from unnest(app.nutrient_keys()) as n (key)
  cross join (values ('nutrition.'), ('nutrition_100g.')) as b (prefix)
  where mapping_fields.mode = 'products';
$$;

comment on function app.mapping_fields(text) is 'The fields a column of a products or customers file may be mapped to.';

grant execute on function app.mapping_fields(text) to authenticated, service_role;
