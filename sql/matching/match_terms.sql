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
    select b.code, b.self from app.match_term_bits(match_terms.vendor_id, match_terms.kind) as b
  ),
  above as materialized (
    select p.code, p.upper from app.match_term_parents(match_terms.vendor_id, match_terms.kind) as p
  ),
  pair as (
    select t.code as lower, t.code as upper from term as t
    union
    select p.lower, a.upper
    from pair as p
    inner join above as a on a.code = p.upper
  )
  select t.code, t.self, u.mask, l.mask
  from term as t
  inner join (
    select p.lower, bit_or(o.self) as mask from pair as p inner join term as o on o.code = p.upper group by p.lower
  ) as u on u.lower = t.code
  inner join (
    select p.upper, bit_or(o.self) as mask from pair as p inner join term as o on o.code = p.lower group by p.upper
  ) as l on l.upper = t.code;
end;
$$;

comment on function app.match_terms is
  'Allergens or dietary tags of a vendor with the masks of themselves, above and below.';
