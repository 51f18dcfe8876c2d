-- The terms of one taxonomy that the caller's vendor sees: the platform's and its own, by code.
create or replace function public.list_taxonomy(
  kind text,
  q text default null,
  active boolean default null,
  parent_id uuid default null,
  cursor text default null,
  page_limit int default 50
)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_vendor_id uuid := app.require_vendor('vendor_viewer');
  v_table text := app.taxonomy_table(kind);
  v_scope text := concat_ws(
    '/', 'taxonomy', kind, v_vendor_id, app.fingerprint(jsonb_build_array(q, active, list_taxonomy.parent_id))
  );
  v_after jsonb := app.decode_cursor(v_scope, cursor);
  v_rows jsonb;
begin
  perform app.check_page_limit(page_limit);
  execute format(
    'select coalesce(jsonb_agg(to_jsonb(r) order by r.code, r.id), ''[]'')
     from (
       select t.*
       from public.%I as t
       where (t.vendor_id is null or t.vendor_id = $1)
         and ($2 is null or strpos(app.fold_text(t.label), $2) > 0 or strpos(t.code, replace($2, '' '', ''_'')) > 0)
         and ($3 is null or t.active = $3)
         and ($4 is null or t.parent_id = $4)
         and ($5 is null or (t.code, t.id) > ($5, $6))
       order by t.code, t.id
       limit $7
     ) as r', v_table
  ) into v_rows
  using v_vendor_id, nullif(app.fold_text(q), ''), active, list_taxonomy.parent_id,
    v_after ->> 'code', (v_after ->> 'id')::uuid, page_limit + 1;
  return app.list_page(v_rows, page_limit, v_scope, array['code', 'id']);
end;
$$;

comment on function public.list_taxonomy(text, text, boolean, uuid, text, int) is
'A page of a taxonomy: platform terms and the vendor''s own, by code. q searches label and code.';

grant execute on function public.list_taxonomy(text, text, boolean, uuid, text, int) to authenticated;
