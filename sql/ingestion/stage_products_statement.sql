-- Compiles a mapping into the statement that stages rows: `$1` batch, `$2` and `$3` first and last row_no. `source` is
-- what a row `r` (row_no, source_hash, c1, c2, ...) comes from: a job's table, or the rows of a preview. A mode of
-- files is three functions: app.stage_<mode>_statement, app.<mode>_given_fields and app.merge_staged_<mode>.
create or replace function app.stage_products_statement(vendor_id uuid, job_id uuid, mapping jsonb, source text)
returns text
language sql
stable
set search_path = ''
as $$
  select format(
    'insert into public.stg_products (batch_id, row_no, vendor_id, job_id, source_hash, %s) '
    'select $1, r.row_no, %L, %s, r.source_hash, %s from %s as r %s where r.row_no between $2 and $3',
    string_agg(quote_ident(c.name), ', ' order by c.name),
    stage_products_statement.vendor_id,
    quote_nullable(stage_products_statement.job_id) || '::uuid',
    string_agg(c.expression, ', ' order by c.name),
    stage_products_statement.source,
    coalesce(app.nutrition_expression(stage_products_statement.mapping), '')
  )
  from app.product_columns(stage_products_statement.mapping) as c;
$$;
comment on function app.stage_products_statement is 'The INSERT ... SELECT that stages rows as products by a mapping.';
