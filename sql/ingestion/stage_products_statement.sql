-- Compiles a job's mapping into the statement that stages a range of its rows: `$1` batch, `$2` and `$3` first and last
-- row_no. Rows whose key comes again further down stay out.
create or replace function app.stage_products_statement(job_id uuid, vendor_id uuid, mapping jsonb)
returns text
language sql
stable
set search_path = ''
as $$
  select format(
    'insert into public.stg_products (batch_id, row_no, vendor_id, job_id, %s) '
    'select $1, r.row_no, %L, %L, %s from %s as r %s '
    'where r.row_no between $2 and $3 and not exists (select from %s as s where s.row_no = r.row_no)',
    string_agg(quote_ident(c.name), ', ' order by c.name),
    stage_products_statement.vendor_id,
    stage_products_statement.job_id,
    string_agg(c.expression, ', ' order by c.name),
    app.ingest_table(stage_products_statement.job_id),
    coalesce(app.nutrition_expression(stage_products_statement.mapping), ''),
    app.superseded_table(stage_products_statement.job_id)
  )
  from app.product_columns(stage_products_statement.mapping) as c;
$$;
comment on function app.stage_products_statement is 'The INSERT ... SELECT that stages rows of a job by its mapping.';
