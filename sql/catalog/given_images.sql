-- The pictures of an item as rows: each url once, where it first stands.
create or replace function app.given_images(images jsonb)
returns table (url text, alt text, place int)
language sql
immutable
set search_path = ''
as $$
  select d.url, d.alt, (row_number() over (order by d.place) - 1)::int
  from (
    select distinct on (i.image ->> 'url') i.image ->> 'url' as url, nullif(i.image ->> 'alt', '') as alt, i.place
    from jsonb_array_elements(given_images.images) with ordinality as i (image, place)
    order by i.image ->> 'url', i.place
  ) as d;
$$;

comment on function app.given_images is 'Pictures of an item with their positions from 0.';
