-- The allergens or tags of a vendor, each with its bit as a mask. Where the vendor has a term of its own in the place
-- of the platform's, its own bit counts.
create or replace function app.match_term_bits(vendor_id uuid, kind text)
returns table (code text, self bigint)
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select distinct on (t.code) t.code, 1::bigint << b.bit
  from (
    select a.code, a.vendor_id, 'allergen' as kind from public.tax_allergens as a
    union all
    select g.code, g.vendor_id, 'tag' from public.tax_tags as g
  ) as t
  inner join app.match_bits as b
    on b.kind = t.kind and b.code = t.code and b.vendor_id is not distinct from t.vendor_id
  where t.kind = match_term_bits.kind and (t.vendor_id is null or t.vendor_id = match_term_bits.vendor_id)
  order by t.code, t.vendor_id nulls last;
end;
$$;

comment on function app.match_term_bits is 'Allergens or dietary tags of a vendor with their bits.';
