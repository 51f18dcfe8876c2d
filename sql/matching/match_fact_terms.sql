-- Writes the facts of one vendor's rows of `source`: the transition table of a trigger, or public.products itself.
create or replace function app.match_fact_terms(
  vendor_id uuid, out up jsonb, out down jsonb, out tags jsonb, out every_allergen bigint
)
language plpgsql
stable
set search_path = ''
as $$
begin
  select
    coalesce(jsonb_object_agg(t.code, t.up), '{}'), coalesce(jsonb_object_agg(t.code, t.down), '{}'),
    coalesce(bit_or(t.self), 0)
  into match_fact_terms.up, match_fact_terms.down, every_allergen
  from app.match_terms(match_fact_terms.vendor_id, 'allergen') as t;
  select coalesce(jsonb_object_agg(t.code, t.up), '{}') into match_fact_terms.tags
  from app.match_terms(match_fact_terms.vendor_id, 'tag') as t;
end;
$$;

comment on function app.match_fact_terms is 'Masks by code, as app.write_match_facts_statement takes them.';
