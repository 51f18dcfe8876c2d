-- The allergens or tags of a vendor as masks: `self`, `up` (itself and what stands above it), `down` (itself and what
-- stands below it). Avoiding gluten means wheat too, and gluten may be wheat. A vendor's own term takes the bit of the
-- platform's of the same code, and adds to its place in the tree: what stands above or below stays there.
create or replace function app.match_terms(vendor_id uuid, kind text)
returns table (code text, self bigint, up bigint, down bigint)
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  with recursive visible as materialized (
    select t.id, t.parent_id, t.code, t.vendor_id
    from (
      select a.id, a.parent_id, a.code, a.vendor_id, 'allergen' as kind from public.tax_allergens as a
      union all
      select g.id, g.parent_id, g.code, g.vendor_id, 'tag' from public.tax_tags as g
    ) as t
    where t.kind = match_terms.kind and (t.vendor_id is null or t.vendor_id = match_terms.vendor_id)
  ),
  term as materialized (
    select distinct on (v.code) v.code, 1::bigint << b.bit as self
    from visible as v
    inner join app.match_bits as b
      on b.kind = match_terms.kind and b.code = v.code and b.vendor_id is not distinct from v.vendor_id
    order by v.code, v.vendor_id nulls last
  ),
  above as materialized (
    select distinct v.code, u.code as upper
    from visible as v
    inner join visible as u on u.id = v.parent_id
  ),
  pair as (
    select t.code as lower, t.code as upper from term as t
    union
    select p.lower, a.upper
    from pair as p
    inner join above as a on a.code = p.upper
  )
  select
    t.code, t.self,
    (select bit_or(u.self) from pair as p inner join term as u on u.code = p.upper where p.lower = t.code),
    (select bit_or(l.self) from pair as p inner join term as l on l.code = p.lower where p.upper = t.code)
  from term as t;
end;
$$;

comment on function app.match_terms is
  'Allergens or dietary tags of a vendor with the masks of themselves, above and below.';
