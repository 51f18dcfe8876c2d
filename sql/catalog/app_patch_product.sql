-- Change of one product behind public.patch_product: an item with one row through the same merge, so that the same
-- rules hold. Definer for the reason told at app.upsert_products.
create or replace function app.patch_product(id uuid, patch jsonb)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_operator');
  v_external_id text;
  v_answer jsonb;
begin
  if patch is null or jsonb_typeof(patch) <> 'object' then
    perform app.raise_problem(
      status => 400,
      type => 'invalid-input',
      detail => 'A patch is an object with the fields to change.',
      errors => '[{"pointer": "", "code": "invalid_type", "detail": "Send an object."}]'
    );
  end if;
  select p.external_id into v_external_id
  from public.products as p
  where p.vendor_id = v_vendor_id and p.id = patch_product.id and p.soft_deleted_at is null
  for no key update;
  if not found then
    perform app.raise_product_not_found();
  end if;
  if patch ? 'external_id' and patch ->> 'external_id' is distinct from v_external_id then
    perform app.raise_problem(
      status => 400,
      type => 'invalid-input',
      detail => 'external_id cannot change.',
      errors => '[{"pointer": "/external_id", "code": "immutable", "detail": "It identifies the product."}]',
      hint => 'Make a new product and delete this one.'
    );
  end if;
  v_answer := app.upsert_products(jsonb_build_array(patch || jsonb_build_object('external_id', v_external_id)));
  if v_answer -> 'errors' <> '[]' then
    perform app.raise_problem(
      status => 400,
      type => 'invalid-input',
      detail => 'The patch has invalid fields; nothing was changed.',
      errors => (
        select jsonb_agg(
          jsonb_build_object(
            'pointer', substr(e.error ->> 'pointer', length('/items/0') + 1), 'code', e.error -> 'code', 'detail',
            e.error -> 'detail'
          )
        )
        from jsonb_array_elements(v_answer -> 'errors') as e (error)
      )
    );
  end if;
  return public.get_product(patch_product.id);
end;
$$;

comment on function app.patch_product is 'Changes fields of one product; see public.patch_product.';
grant execute on function app.patch_product to authenticated;
