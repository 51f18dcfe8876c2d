-- The rules in force for a set of conditions and for everybody (general): a vendor's own takes the place of the
-- platform's, also when it is switched off, which switches both off.
create or replace function app.effective_diet_rules(vendor_id uuid, conditions text[])
returns setof public.diet_rules
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select r.*
  from (
    select distinct on (d.condition_code) d.*
    from public.diet_rules as d
    where d.condition_code = any (effective_diet_rules.conditions || 'general'::text)
      and (d.vendor_id is null or d.vendor_id = effective_diet_rules.vendor_id)
    order by d.condition_code, d.vendor_id nulls last
  ) as r
  where r.active;
end;
$$;

comment on function app.effective_diet_rules is
  'The diet rules that hold for a vendor''s customer with these conditions.';
