-- Items of a call into staging, with the list of fields each of them carries. Only items of sound shape.
create or replace function app.stage_customer_items(vendor_id uuid, batch_id uuid, items jsonb, without bigint[])
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  insert into public.stg_customers (
    batch_id, row_no, vendor_id, present, external_id, full_name, email, phone, dob, age, gender, location, custom_tags
  )
  select
    stage_customer_items.batch_id,
    e.row_no,
    stage_customer_items.vendor_id,
    array(select jsonb_object_keys(e.item) order by 1),
    e.item ->> 'external_id', e.item ->> 'full_name', e.item ->> 'email', e.item ->> 'phone', e.item ->> 'dob',
    e.item ->> 'age', e.item ->> 'gender',
    case jsonb_typeof(e.item -> 'location')
      when 'string' then jsonb_build_object('address', e.item -> 'location')
      when 'object' then e.item -> 'location'
    end,
    app.json_texts(e.item -> 'custom_tags')
  from (
    select i.place - 1 as row_no, i.item
    from jsonb_array_elements(stage_customer_items.items) with ordinality as i (item, place)
  ) as e
  where e.row_no <> all (stage_customer_items.without);
end;
$$;

comment on function app.stage_customer_items is 'Stages customer items of a call.';
