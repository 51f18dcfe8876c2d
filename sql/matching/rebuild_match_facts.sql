-- Computes the facts of a vendor's products anew: all of them, or those that a new allergen or tag concerns. A new
-- allergen concerns what carries it, and what may contain it because too little is known.
create or replace function app.rebuild_match_facts(vendor_id uuid, allergen text default null, tag text default null)
returns bigint
language plpgsql
volatile
set search_path = ''
set enable_mergejoin = off
set work_mem = '64MB'
as $$
declare
  v_terms constant record := app.match_fact_terms(rebuild_match_facts.vendor_id);
  v_written bigint;
begin
  execute app.write_match_facts_statement(
    case
      when allergen is not null then format(
        '(select p.* from public.products as p where p.vendor_id = %L '
        'and (%L = any (p.allergens || p.may_contain || p.free_from) or p.allergens is null '
        'or not p.allergens || p.may_contain <@ %L))',
        rebuild_match_facts.vendor_id, allergen, array(select jsonb_object_keys(v_terms.up))
      )
      when tag is not null then format(
        '(select p.* from public.products as p where p.vendor_id = %L and %L = any (p.dietary_tags))',
        rebuild_match_facts.vendor_id, tag
      )
      else 'public.products'
    end,
    only_new => false
  )
  using rebuild_match_facts.vendor_id, v_terms.up, v_terms.down, v_terms.tags, v_terms.every_allergen;
  get diagnostics v_written = row_count;
  return v_written;
end;
$$;

comment on function app.rebuild_match_facts is 'Computes facts of a vendor''s products anew; returns how many.';
grant execute on function app.rebuild_match_facts to service_role;
