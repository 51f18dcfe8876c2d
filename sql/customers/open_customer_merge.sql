-- The work tables of one merge of customers: customer_rows, the rows with checked, final values, beside merge_plan and
-- merge_errors, which every merge has (app.open_merge).
create or replace function app.open_customer_merge()
returns void
language plpgsql
volatile
set search_path = ''
set client_min_messages = 'warning'
as $$
begin
  perform app.open_merge();
  if to_regclass('pg_temp.customer_rows') is not null then
    truncate pg_temp.customer_rows;
    return;
  end if;
  create temporary table customer_rows (
    row_no bigint not null, id uuid, external_id text, given text[], full_name text, email text, phone text, dob date,
    age int, gender text, location jsonb, custom_tags text[], content_hash uuid
  )
  on commit delete rows;
end;
$$;

comment on function app.open_customer_merge is
  'Makes or empties the temporary work tables of app.merge_staged_customers.';
