-- Compiles a mapping into the statement that stages rows as customers; arguments and parameters are those of
-- app.stage_products_statement.
create or replace function app.stage_customers_statement(vendor_id uuid, job_id uuid, mapping jsonb, source text)
returns text
language sql
stable
set search_path = ''
as $$
  select format(
    'insert into public.stg_customers (batch_id, row_no, vendor_id, job_id, %s) '
    'select $1, r.row_no, %L, %s, %s from %s as r where r.row_no between $2 and $3',
    string_agg(quote_ident(c.name), ', ' order by c.name),
    stage_customers_statement.vendor_id,
    quote_nullable(stage_customers_statement.job_id) || '::uuid',
    string_agg(c.expression, ', ' order by c.name),
    stage_customers_statement.source
  )
  from app.customer_columns(stage_customers_statement.mapping) as c;
$$;

comment on function app.stage_customers_statement is
  'The INSERT ... SELECT that stages rows as customers by a mapping.';
