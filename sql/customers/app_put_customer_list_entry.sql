-- Puts a product on a customer's list, behind public.put_customer_list_entry. A product is on one list at most: putting
-- it on one takes it off the other. Definer, because the tables have no grants.
create or replace function app.put_customer_list_entry(customer_id uuid, list text, product_id uuid, note text)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_operator');
  v_table constant text := app.customer_list_table(list);
  v_other constant text := app.customer_list_table(case list when 'allow' then 'deny' else 'allow' end);
  v_entry jsonb;
begin
  perform app.require_customer(v_vendor_id, put_customer_list_entry.customer_id, true);
  perform public.get_product(put_customer_list_entry.product_id);
  if length(note) > 500 then
    perform app.refuse_field_errors(jsonb_build_array(
      app.field_error('/note', 'too_long', 'must have at most 500 characters')
    ));
  end if;
  execute format(
    'delete from public.%I as l where l.vendor_id = $1 and l.customer_id = $2 and l.product_id = $3', v_other
  )
  using v_vendor_id, put_customer_list_entry.customer_id, put_customer_list_entry.product_id;
  execute format(
    'insert into public.%I as l (vendor_id, customer_id, product_id, note) values ($1, $2, $3, $4)
     on conflict (vendor_id, customer_id, product_id) do update
     set note = excluded.note,
         updated_at = case when l.note is distinct from excluded.note then now() else l.updated_at end
     returning to_jsonb(l)', v_table
  ) into v_entry
  using v_vendor_id, put_customer_list_entry.customer_id, put_customer_list_entry.product_id,
    put_customer_list_entry.note;
  return app.list_entry_json(list, v_entry);
end;
$$;

comment on function app.put_customer_list_entry is 'Puts a product on a list; see public.put_customer_list_entry.';
grant execute on function app.put_customer_list_entry to authenticated;
