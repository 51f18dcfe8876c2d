-- The facet lexemes of a category and of all below it, so that a broad category finds what is filed under a narrow one.
create or replace function app.category_lexemes(vendor_id uuid, category_id uuid)
returns text[]
language plpgsql
stable
set search_path = ''
as $$
begin
  return array(
    with recursive below as (
      select category_lexemes.category_id as id
      union
      select t.id
      from public.tax_categories as t
      inner join below as b on t.parent_id = b.id
      where t.vendor_id is null or t.vendor_id = category_lexemes.vendor_id
    )
    select 'c=' || b.id from below as b limit 1000
  );
end;
$$;

comment on function app.category_lexemes is 'Facet lexemes of a category and its descendants.';
