-- The rows of a job worth mapping, as SQL: not superseded, and not equal to the row of a file that the stored product
-- came from (products.source_hash). An identical file costs a hash and a look at the product a row, and no mapping.
-- The hash covers the cells that are mapped, the mapping, the vocabulary and `recipe`, which moves with this code.
-- "offset 0" keeps the look a look by key: as a join it reads the whole catalogue for every batch. A vendor whose
-- products are all younger than the job (the first file) has nothing to look for.
create or replace function app.changed_products_source(job public.ingestion_jobs)
returns text
language plpgsql
volatile
set search_path = ''
as $$
declare
  recipe constant text := '1';
  v_seed constant bigint := hashtextextended(
    concat(recipe, ' ', app.current_vocabulary((job).vendor_id), ' ', (job).mapping -> 'fields'), 0
  );
  v_hash text;
begin
  select format(
    'hash_record_extended(row(%s), %s)',
    string_agg(format('r.c%s', c ->> 'position'), ', ' order by (c ->> 'position')::int),
    v_seed
  )
  into v_hash
  from jsonb_array_elements((job).mapping -> 'columns') as c
  where c -> 'targets' <> '[]';
  return format(
    '(select r.*, %1$s as source_hash from %2$s as r '
    'where not exists (select from %3$s as s where s.row_no = r.row_no)%4$s)',
    v_hash, app.ingest_table((job).id), app.superseded_table((job).id),
    case when exists (
      select from public.products as p where p.vendor_id = (job).vendor_id and p.updated_at < (job).started_at
    ) then format(
      ' and not exists (select from public.products as p where p.vendor_id = %1$L '
      'and p.id = extensions.uuid_generate_v5(%1$L, %2$s) '
      'and p.source_hash = %3$s and p.soft_deleted_at is null offset 0)',
      (job).vendor_id, app.product_text_expression((job).mapping, 'external_id'), v_hash
    ) end
  );
end;
$$;
comment on function app.changed_products_source is 'Subquery over the rows of a job that are not known already.';
