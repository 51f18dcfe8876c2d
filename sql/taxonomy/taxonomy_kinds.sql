-- The six taxonomies, their tables and the dictionary domain that their codes and labels feed. The one list of them.
create or replace function app.taxonomy_kinds()
returns table (kind text, table_name text, domain text)
language sql
immutable
parallel safe
set search_path = ''
as $$
  values
    ('categories', 'tax_categories', 'category'),
    ('tags', 'tax_tags', 'diet'),
    ('allergens', 'tax_allergens', 'allergen'),
    ('cuisines', 'tax_cuisines', 'cuisine'),
    ('certifications', 'tax_certifications', 'certification'),
    ('markets', 'tax_markets', 'market');
$$;

comment on function app.taxonomy_kinds() is 'The taxonomies: kind, table and dictionary domain.';

grant execute on function app.taxonomy_kinds() to authenticated, service_role;
