-- Batch upsert behind public.upsert_products. Definer, because staging, the work tables and the catalogue have no write
-- grants: this function is their door, and it lets in operators of the vendor in the claims, for that vendor.
create or replace function app.upsert_products(items jsonb, atomic boolean default false)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
-- Sixteen leaves have a pending list each.
set gin_pending_list_limit = '256kB'
as $$
declare
  most_items constant int := 10000;
  v_vendor_id constant uuid := app.require_vendor('vendor_operator');
  v_batch_id constant uuid := gen_random_uuid();
  v_nutrients jsonb;
  v_misshapen jsonb;
  v_answer jsonb;
  v_errors jsonb;
begin
  if items is null or jsonb_typeof(items) <> 'array' or jsonb_array_length(items) not between 1 and most_items then
    perform app.raise_problem(
      status => 400,
      type => 'invalid-input',
      detail => format('items is a list of 1 to %s products.', most_items),
      errors => '[{"pointer": "/items", "code": "invalid_list", "detail": "Send a list, in portions if it is long."}]'
    );
  end if;
  select coalesce(jsonb_object_agg(d.synonym, d.canonical), '{}') into v_nutrients
  from app.value_dictionary(v_vendor_id, 'nutrient') as d;

  select
    coalesce(jsonb_agg(
      jsonb_build_object(
        'row_no', c.row_no, 'external_id', left(items -> c.row_no::int ->> 'external_id', 255), 'pointer', c.pointer,
        'code', c.code, 'detail', c.detail
      )
    ), '[]')
  into v_misshapen
  from app.check_product_items(items, v_nutrients) as c;

  perform app.stage_product_items(
    v_vendor_id, v_batch_id, items, v_nutrients,
    array(select distinct (e.error ->> 'row_no')::bigint from jsonb_array_elements(v_misshapen) as e (error))
  );
  v_answer := app.merge_staged_products(v_batch_id, 'api');
  v_errors := app.item_errors(v_misshapen || (v_answer -> 'errors'));
  if upsert_products.atomic and v_errors <> '[]' then
    perform app.raise_problem(
      status => 400,
      type => 'invalid-items',
      detail => 'Some items are invalid, and atomic asks for all or none: nothing was applied.',
      errors => v_errors,
      hint => 'Correct the items listed, or send without atomic to apply the others.'
    );
  end if;
  return v_answer || jsonb_build_object(
    'received', jsonb_array_length(items),
    'failed', (select count(distinct e.error -> 'index') from jsonb_array_elements(v_errors) as e (error)),
    'errors', v_errors,
    'catalog_version', coalesce((v_answer ->> 'catalog_version')::bigint, app.touch_catalog(v_vendor_id, 0))
  );
end;
$$;

comment on function app.upsert_products is 'Upserts products of the caller''s vendor; see public.upsert_products.';
grant execute on function app.upsert_products to authenticated;
