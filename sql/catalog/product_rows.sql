-- The products at these places, in their order, as answers show them, with what was found marked if wanted.
create or replace function app.product_rows(search app.product_search, places app.product_place[], highlight boolean)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_marks constant boolean := coalesce(highlight, false) and cardinality((search).words) > 0;
  v_ids uuid[];
  v_tiers int[];
  v_rows jsonb;
begin
  if places is null then
    return '[]';
  end if;
  select array_agg(l.id), case when (search).by_relevance then array_agg(l.tier) end into v_ids, v_tiers
  from unnest(places) as l;
  execute format('select jsonb_agg(f) from partitions.fetch_products_%s($1, $2) as f', (search).vendor_key)
  using v_ids, v_tiers
  into v_rows;
  if v_marks then
    select jsonb_agg(
      r.product || jsonb_build_object(
        'highlight', app.highlight_product(r.product, (search).words, (search).beginning)
      )
      order by r.place
    )
    into v_rows
    from jsonb_array_elements(v_rows) with ordinality as r (product, place);
  end if;
  return coalesce(v_rows, '[]');
end;
$$;

comment on function app.product_rows is 'Products at given places as a JSON list.';
