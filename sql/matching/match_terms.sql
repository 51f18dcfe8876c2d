-- The allergens or tags of a vendor as masks: `self`, `up` (itself and what stands above it), `down` (itself and what
-- stands below it). Avoiding gluten means wheat too, and gluten may be wheat.
create or replace function app.match_terms(vendor_id uuid, kind text)
returns table (code text, self bigint, up bigint, down bigint)
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  with recursive term as materialized (
    select distinct on (t.code) t.id, t.parent_id, t.code, 1::bigint << b.bit as self
    from (
      select a.id, a.parent_id, a.code, a.vendor_id, 'allergen' as kind from public.tax_allergens as a
      union all
      select g.id, g.parent_id, g.code, g.vendor_id, 'tag' from public.tax_tags as g
    ) as t
    inner join app.match_bits as b
      on b.kind = t.kind and b.code = t.code and b.vendor_id is not distinct from t.vendor_id
    where t.kind = match_terms.kind and (t.vendor_id is null or t.vendor_id = match_terms.vendor_id)
    order by t.code, t.vendor_id nulls last
  ),
  pair as (
    select t.id as lower_id, t.self as lower_bit, t.id as upper_id, t.parent_id, t.self as upper_bit from term as t
    union
    select p.lower_id, p.lower_bit, t.id, t.parent_id, t.self
    from pair as p
    inner join term as t on t.id = p.parent_id
  )
  select
    t.code, t.self,
    (select bit_or(p.upper_bit) from pair as p where p.lower_id = t.id),
    (select bit_or(p.lower_bit) from pair as p where p.upper_id = t.id)
  from term as t;
end;
$$;

comment on function app.match_terms is
  'Allergens or dietary tags of a vendor with the masks of themselves, above and below.';
