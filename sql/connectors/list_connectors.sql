-- The connectors of the caller's vendor, by source.
create or replace function public.list_connectors(cursor text default null, page_limit int default 50)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_operator');
  v_scope constant text := concat_ws('/', v_vendor_id, 'connectors');
  v_after constant jsonb := app.decode_cursor(v_scope, list_connectors.cursor);
  v_connectors public.connectors[];
begin
  perform app.check_page_limit(page_limit);
  select array_agg(page.c order by (page.c).source) into v_connectors
  from (
    select c
    from public.connectors as c
    where c.vendor_id = v_vendor_id and (v_after is null or c.source > v_after ->> 'source')
    order by c.source
    limit page_limit + 1
  ) as page;
  return jsonb_build_object(
    'data', coalesce((select jsonb_agg(app.connector_json(c)) from unnest(v_connectors[:page_limit]) as c), '[]'),
    'next_cursor', case when cardinality(v_connectors) > page_limit then app.encode_cursor(v_scope, jsonb_build_object(
      'source', v_connectors[page_limit].source
    )) end
  );
end;
$$;
comment on function public.list_connectors is
  'The vendor''s connectors by source, as {"data", "next_cursor"}. For operators.';
grant execute on function public.list_connectors to authenticated;
