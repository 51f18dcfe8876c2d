-- Fields of files of customers that hold health data.
create or replace function app.health_mapping_fields()
returns text[]
language sql
immutable
parallel safe
set search_path = ''
as $$
  select array['height_cm', 'weight_kg', 'activity_level', 'conditions', 'diet_goals', 'avoid_allergens'];
$$;

comment on function app.health_mapping_fields is 'Fields of files of customers that hold health data.';
