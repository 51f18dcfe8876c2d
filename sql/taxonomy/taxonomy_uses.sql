-- What stands in the way of removing a vendor's own term, in words; null when nothing does. A term of the same code on
-- the platform does not count: products carry codes, and the vendor's term is then only its own reading of it.
create or replace function app.taxonomy_uses(kind text, term jsonb)
returns text
language plpgsql
stable
set search_path = ''
as $$
declare
  v_vendor_id uuid := (term ->> 'vendor_id')::uuid;
  v_domain text;
  v_table text;
  v_has_children boolean;
  v_has_synonyms boolean;
  v_has_products boolean;
begin
  select k.table_name, k.domain into v_table, v_domain from app.taxonomy_kinds() as k where k.kind = taxonomy_uses.kind;
  execute format('select exists (select from public.%I where parent_id = $1)', v_table)
  into v_has_children using (term ->> 'id')::uuid;
  select exists (
    select
    from public.synonyms_value as s
    where s.vendor_id = v_vendor_id and s.domain = v_domain and s.canonical = term ->> 'code'
  ) into v_has_synonyms;
  execute format(
    'select exists (select from public.products as p where p.vendor_id = %L and p.soft_deleted_at is null and %s)',
    v_vendor_id,
    case kind
      when 'categories' then format('(p.category_id = %1$L or p.sub_category_id = %1$L)', term ->> 'id')
      when 'cuisines' then format('p.cuisine_id = %L', term ->> 'id')
      when 'markets' then format('p.market_id = %L', term ->> 'id')
      when 'tags' then format('p.dietary_tags @> array[%L]', term ->> 'code')
      when 'certifications' then format('p.certifications @> array[%L]', term ->> 'code')
      when 'allergens' then
        format(
          '(p.allergens @> array[%1$L] or p.may_contain @> array[%1$L] or p.free_from @> array[%1$L])', term ->> 'code'
        )
    end
  ) into v_has_products;
  return nullif(
    concat_ws(
      ', ',
      case when v_has_children then 'terms below it' end,
      case when v_has_synonyms then 'synonyms' end,
      case when v_has_products then 'products' end
    ), ''
  );
end;
$$;

comment on function app.taxonomy_uses(text, jsonb) is 'What uses a vendor''s own term, in words; null for nothing.';

grant execute on function app.taxonomy_uses(text, jsonb) to authenticated, service_role;
