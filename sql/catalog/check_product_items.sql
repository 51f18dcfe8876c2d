-- The shape of items before they are staged: objects, known fields, right JSON types. What the values mean is the
-- merge's matter. row_no counts from 0; pointers start at the item.
create or replace function app.check_product_items(items jsonb, nutrients jsonb)
returns table (row_no bigint, pointer text, code text, detail text)
language sql
stable
set search_path = ''
as $$
  with elements as (
    select e.place - 1 as row_no, e.item
    from jsonb_array_elements(check_product_items.items) with ordinality as e (item, place)
  ),
  entries as (
    select e.row_no, k.key, k.value, f.field, f.types
    from elements as e
    cross join lateral jsonb_each(case jsonb_typeof(e.item) when 'object' then e.item else '{}' end) as k
    left join app.product_item_fields() as f on f.field = k.key
  )
  select e.row_no, '', 'invalid_type', 'An item is an object.'
  from elements as e
  where jsonb_typeof(e.item) <> 'object'
  union all
  select
    e.row_no,
    '/' || app.pointer_token(e.key),
    case when e.key in ('id', 'vendor_id', 'gtin_type', 'created_at', 'updated_at')
      then 'read_only' else 'unknown_field' end,
    case
      when e.key in ('id', 'vendor_id', 'gtin_type', 'created_at', 'updated_at')
        then 'The server sets this field; leave it out.'
      else 'There is no such field; docs/catalog.md lists them.'
    end
  from entries as e
  where e.field is null
  union all
  select
    e.row_no, '/' || e.key, 'invalid_type', format(
      '%s is null or of JSON type %s.', e.key, array_to_string(e.types, ' or ')
    )
  from entries as e
  where jsonb_typeof(e.value) <> 'null' and jsonb_typeof(e.value) <> all (e.types)
  union all
  select e.row_no, format('/%s/%s', e.key, l.place - 1), 'invalid_type', format('Every entry of %s is a string.', e.key)
  from entries as e
  cross join lateral jsonb_array_elements(case jsonb_typeof(e.value) when 'array' then e.value else '[]' end)
  with ordinality as l (entry, place)
  where '{array}' = e.types
    and jsonb_typeof(l.entry) <> 'string'
    and not (e.key = 'images' and jsonb_typeof(l.entry) = 'object' and l.entry - array['url', 'alt', 'order'] = '{}')
  union all
  select
    e.row_no,
    '/nutrition/' || app.pointer_token(n.key),
    n.code,
    case when n.code = 'unknown_nutrient' then 'There is no such nutrient; docs/catalog.md lists the keys.'
      else 'A nutrient is a number from 0 to 10,000,000.' end
  from entries as e
  cross join lateral (
    select
      o.key,
      case
        when app.nutrient_key(o.key, check_product_items.nutrients) is null then 'unknown_nutrient'
        when jsonb_typeof(o.value) not in ('number', 'null') then 'invalid_type'
        when o.value @? '$ ? (@ < 0 || @ > 10000000)' then 'invalid_nutrition'
      end as code
    from jsonb_each(case jsonb_typeof(e.value) when 'object' then e.value else '{}' end) as o
  ) as n
  where e.key = 'nutrition' and n.code is not null;
$$;

comment on function app.check_product_items is 'What is wrong with the shape of product items.';
