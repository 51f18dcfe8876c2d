-- Batch upsert behind public.upsert_customers. Definer, because staging, the work tables and the customers have no
-- write grants: this function is their door, and it lets in operators of the vendor in the claims, for that vendor.
create or replace function app.upsert_customers(items jsonb, atomic boolean default false)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
set gin_pending_list_limit = '256kB'
as $$
declare
  most_items constant int := 10000;
  v_vendor_id constant uuid := app.require_vendor('vendor_operator');
  v_batch_id constant uuid := gen_random_uuid();
  v_misshapen jsonb;
  v_answer jsonb;
  v_errors jsonb;
begin
  if items is null or jsonb_typeof(items) <> 'array' or jsonb_array_length(items) not between 1 and most_items then
    perform app.raise_problem(
      status => 400,
      type => 'invalid-input',
      detail => format('items is a list of 1 to %s customers.', most_items),
      errors => '[{"pointer": "/items", "code": "invalid_list", "detail": "Send a list, in portions if it is long."}]'
    );
  end if;
  select
    coalesce(jsonb_agg(
      jsonb_build_object(
        'row_no', c.row_no, 'external_id', left(items -> c.row_no::int ->> 'external_id', 255), 'pointer', c.pointer,
        'code', c.code, 'detail', c.detail
      )
    ), '[]')
  into v_misshapen
  from app.check_customer_items(items) as c;

  perform app.stage_customer_items(
    v_vendor_id, v_batch_id, items,
    array(select distinct (e.error ->> 'row_no')::bigint from jsonb_array_elements(v_misshapen) as e (error))
  );
  v_answer := app.merge_staged_customers(v_batch_id, 'api');
  v_errors := app.item_errors(v_misshapen || (v_answer -> 'errors'));
  if upsert_customers.atomic and v_errors <> '[]' then
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
    'catalog_version', (select v.catalog_version from public.vendors as v where v.id = v_vendor_id)
  );
end;
$$;

comment on function app.upsert_customers is 'Upserts customers of the caller''s vendor; see public.upsert_customers.';
grant execute on function app.upsert_customers to authenticated;
