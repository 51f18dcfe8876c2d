-- The query for products that are safe to show to somebody who avoids an allergen. It fails closed: a product passes
-- when neither the allergen nor one below it is contained or possible, and
--   it is declared free from it (or from one above it), or
--   its allergens are fully known and none of those above it is among them ("gluten" may be wheat).
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
  with recursive terms as (
    select t.id, t.parent_id, t.code
    from public.tax_allergens as t
    where t.vendor_id is null or t.vendor_id = allergen_free_query.vendor_id
  ),
  below as (
    select t.id, t.code from terms as t where t.code = allergen_free_query.code
    union
    select t.id, t.code from terms as t inner join below as b on t.parent_id = b.id
  ),
  above as (
    select t.id, t.parent_id, t.code from terms as t where t.code = allergen_free_query.code
    union
    select t.id, t.parent_id, t.code from terms as t inner join above as a on t.id = a.parent_id
  )
  select
    array(select b.code from below as b) || allergen_free_query.code,
    array(select a.code from above as a) || allergen_free_query.code
  into v_below, v_above;

  return !! app.lexeme_query(array(select distinct 'a=' || b.code from unnest(v_below) as b (code)))
    && (
      app.lexeme_query(array(select distinct 'f=' || a.code from unnest(v_above) as a (code)))
      || !! app.lexeme_query(array(select distinct 'a=' || a.code from unnest(v_above) as a (code)) || 'a=?'::text)
    );
end;
$$;

comment on function app.allergen_free_query is 'A query that only products free from an allergen satisfy.';
