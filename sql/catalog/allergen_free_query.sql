-- The query for products that are safe to show to somebody who avoids an allergen. It fails closed: a product passes
-- when neither the allergen nor one below it is contained or possible, and
--   it is declared free from it (or from one above it), or
--   its allergens are fully known and none of those above it is among them ("gluten" may be wheat).
-- The tree is one of codes: a vendor's own term adds to the place of the platform's of the same code and takes nothing.
create or replace function app.allergen_free_query(vendor_id uuid, code text)
returns tsquery
language plpgsql
stable
set search_path = ''
as $$
declare
  v_below text[];
  v_above text[];
begin
  with recursive visible as materialized (
    select t.id, t.parent_id, t.code
    from public.tax_allergens as t
    where t.vendor_id is null or t.vendor_id = allergen_free_query.vendor_id
  ),
  edge as materialized (
    select distinct v.code, u.code as upper
    from visible as v
    inner join visible as u on u.id = v.parent_id
  ),
  below as (
    select allergen_free_query.code as code
    union
    select e.code from edge as e inner join below as b on e.upper = b.code
  ),
  above as (
    select allergen_free_query.code as code
    union
    select e.upper from edge as e inner join above as a on e.code = a.code
  )
  select array(select 'a=' || b.code from below as b), array(select a.code from above as a)
  into v_below, v_above;

  return !! app.lexeme_query(v_below)
    && (
      app.lexeme_query(array(select 'f=' || a.code from unnest(v_above) as a (code)))
      || !! app.lexeme_query(array(select 'a=' || a.code from unnest(v_above) as a (code)) || 'a=?'::text)
    );
end;
$$;

comment on function app.allergen_free_query is 'A query that only products free from an allergen satisfy.';
