-- The columns of public.stg_products a mapping fills, each with its SQL expression over a row `r` of a job's table (and
-- `n`, see app.nutrition_expression). is_given is false for a name made up of brand and kind and for a currency that
-- only some price names: they are for new products, and leave those of known ones alone.
create or replace function app.product_columns(mapping jsonb)
returns table (name text, expression text, is_given boolean)
language sql
stable
set search_path = ''
as $$
  with text_column (name, expression, is_given) as materialized (
    select f.name, app.product_text_expression(product_columns.mapping, f.name),
      case f.name
        when 'name' then product_columns.mapping -> 'fields' ? 'name'
        when 'currency' then
          not product_columns.mapping #> '{fields,currency}' @> '[{"ops": [{"op": "currency_of"}]}]'
          or product_columns.mapping #> '{fields,currency,0,ops,0}' ? 'with'
        else true
      end
    from unnest(array['external_id', 'barcode', 'name', 'brand', 'description', 'short_description', 'category',
      'sub_category', 'cuisine', 'market', 'price', 'currency', 'status', 'ingredients', 'serving_size',
      'package_weight',
      'source_url']) as f (name)
  ),
  list_column (name, expression, is_given) as materialized (
    select f.name, app.mapped_list(product_columns.mapping, f.name), true
    from unnest(array['dietary_tags', 'allergens', 'may_contain', 'free_from', 'certifications', 'regulatory_codes'])
      as f (name)
  ),
  image_column (name, expression, is_given) as (
    select 'images', format('app.image_list(%s)', app.mapped_list(product_columns.mapping, 'image_url')), true
    where app.mapped_list(product_columns.mapping, 'image_url') is not null
  ),
  nutrition_column (name, expression, is_given) as (
    select f.name, f.expression, f.is_given
    from (
      values ('nutrition', 'n.nutrition', true),
        ('nutrition_basis', 'case when n.nutrition is not null then n.basis end', true),
        ('nutrition_is_sound', 'n.is_sound', false)
    ) as f (name, expression, is_given)
    where app.nutrition_expression(product_columns.mapping) is not null
  )
  select c.name, c.expression, c.is_given from text_column as c where c.expression is not null
  union all
  select c.name, c.expression, c.is_given from list_column as c where c.expression is not null
  union all
  select c.name, c.expression, c.is_given from image_column as c
  union all
  select c.name, c.expression, c.is_given from nutrition_column as c;
$$;
comment on function app.product_columns is 'Staging columns of products that a mapping fills, with their expressions.';
