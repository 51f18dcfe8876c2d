-- Fields of a file's row that are left out and reported when they are wrong, instead of refusing the row.
create or replace function app.is_droppable(pointer text)
returns boolean
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  return pointer in ('/barcode', '/source_url', '/images', '/category', '/sub_category', '/cuisine', '/market');
end;
$$;

comment on function app.is_droppable is 'Whether a file''s row is kept without this field when the field is wrong.';
