-- A page of a customer's list, newest first, or one entry of it, behind public.get_customer_list and
-- public.get_customer_list_entry.
create or replace function app.get_customer_list(
  customer_id uuid, list text, product_id uuid, cursor text, page_limit int
)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_viewer');
  v_table constant text := app.customer_list_table(list);
  v_scope constant text := concat_ws('/', v_vendor_id, 'lists', get_customer_list.customer_id, list);
  v_after jsonb;
  v_rows jsonb;
begin
  perform app.check_page_limit(page_limit);
  perform app.require_customer(v_vendor_id, get_customer_list.customer_id);
  v_after := app.decode_cursor(v_scope, get_customer_list.cursor);
  execute format(
    'select coalesce(jsonb_agg(app.list_entry_json($6, to_jsonb(r)) order by r.created_at desc, r.id desc), ''[]'')
     from (
       select l.*
       from public.%I as l
       where l.vendor_id = $1 and l.customer_id = $2
         and ($3 is null or l.product_id = $3)
         and ($4 is null or (l.created_at, l.id) < (($4 ->> ''created_at'')::timestamptz, ($4 ->> ''id'')::uuid))
       order by l.created_at desc, l.id desc
       limit $5
     ) as r', v_table
  ) into v_rows
  using v_vendor_id, get_customer_list.customer_id, get_customer_list.product_id, v_after, page_limit + 1, list;
  if get_customer_list.product_id is null then
    return app.list_page(v_rows, page_limit, v_scope, array['created_at', 'id']);
  elsif v_rows = '[]' then
    perform app.raise_problem(status => 404, type => 'not-found', detail => 'The product is not on this list.');
  end if;
  return v_rows -> 0;
end;
$$;

comment on function app.get_customer_list is
  'A page of a customer''s list, or one entry; see public.get_customer_list.';
grant execute on function app.get_customer_list to authenticated;
