-- The services on offer, in the order of the taxonomy.
create or replace function public.list_micro_services(
  category text default null,
  subcategory text default null,
  cursor text default null,
  page_limit int default 50
)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_scope text := concat_ws(
    '/', 'micro-services', coalesce(list_micro_services.category, '-'), coalesce(list_micro_services.subcategory, '-')
  );
  v_after jsonb := app.decode_cursor(v_scope, list_micro_services.cursor);
  v_services public.micro_services[];
begin
  perform app.check_page_limit(page_limit);
  select array_agg(page.service order by (page.service).category, (page.service).subcategory, (page.service).slug)
  into v_services
  from (
    select m as service
    from public.micro_services as m
    where m.active
      and (list_micro_services.category is null or m.category = list_micro_services.category)
      and (list_micro_services.subcategory is null or m.subcategory = list_micro_services.subcategory)
      and (
        v_after is null
        or (m.category, m.subcategory, m.slug) > (
          v_after ->> 'category', v_after ->> 'subcategory', v_after ->> 'slug'
        )
      )
    order by m.category, m.subcategory, m.slug
    limit page_limit + 1
  ) as page;
  return jsonb_build_object(
    'data', coalesce((select jsonb_agg(app.micro_service_json(s)) from unnest(v_services[:page_limit]) as s), '[]'),
    'next_cursor', case when cardinality(v_services) > page_limit then app.encode_cursor(v_scope, jsonb_build_object(
      'category', v_services[page_limit].category,
      'subcategory', v_services[page_limit].subcategory,
      'slug', v_services[page_limit].slug
    )) end
  );
end;
$$;
comment on function public.list_micro_services is
  'Active micro services by category, subcategory and slug, as {"data", "next_cursor"}.';
grant execute on function public.list_micro_services to authenticated, service_role;
