-- The fields an item of upsert_customers, a put or a patch may carry, and their JSON types. Null is always allowed and
-- clears the field.
create or replace function app.customer_item_fields()
returns table (field text, types text[])
language sql
immutable
parallel safe
set search_path = ''
as $$
  values
    ('external_id', '{string}'::text[]),
    ('full_name', '{string}'),
    ('email', '{string}'),
    ('phone', '{string}'),
    ('dob', '{string}'),
    ('age', '{number}'),
    ('gender', '{string}'),
    ('location', '{object,string}'),
    ('custom_tags', '{array}');
$$;

comment on function app.customer_item_fields is 'Fields of a customer item and their JSON types.';
