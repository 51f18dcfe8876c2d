-- What stands above the allergens or tags of a vendor. A vendor's own term of a platform term's code adds to its place
-- in the tree: what stands above or below the platform's stays there.
create or replace function app.match_term_parents(vendor_id uuid, kind text)
returns table (code text, upper text)
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  with visible as materialized (
    select t.id, t.parent_id, t.code
    from (
      select a.id, a.parent_id, a.code, a.vendor_id, 'allergen' as kind from public.tax_allergens as a
      union all
      select g.id, g.parent_id, g.code, g.vendor_id, 'tag' from public.tax_tags as g
    ) as t
    where t.kind = match_term_parents.kind and (t.vendor_id is null or t.vendor_id = match_term_parents.vendor_id)
  )
  select distinct v.code, u.code
  from visible as v
  inner join visible as u on u.id = v.parent_id;
end;
$$;

comment on function app.match_term_parents is 'Allergens or dietary tags of a vendor with what stands right above.';
