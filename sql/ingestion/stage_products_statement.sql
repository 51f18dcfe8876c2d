-- Compiles a job's mapping into the statement that stages a range of its rows: `$1` batch, `$2` and `$3` first and last
-- row_no. Per row: text and list fields from their columns; amounts with the unit column beside them; nutrients per 100 g
-- turned into per serving where the serving's weight is known, else kept with the basis 100g.
create or replace function app.stage_products_statement(job_id uuid, vendor_id uuid, mapping jsonb)
returns text
language plpgsql
stable
set search_path = ''
as $$
declare
  v_columns text[] := '{}';
  v_values text[] := '{}';
  v_field text;
  v_expression text;
begin
  foreach v_field in array array['external_id', 'barcode', 'name', 'brand', 'description', 'short_description', 'category',
    'sub_category', 'cuisine', 'market', 'price', 'currency', 'status', 'ingredients', 'serving_size', 'package_weight',
    'source_url'] loop
    v_expression := app.product_text_expression(mapping, v_field);
    if v_expression is not null then
      v_columns := v_columns || v_field;
      v_values := v_values || v_expression;
    end if;
  end loop;
  foreach v_field in array array['dietary_tags', 'allergens', 'may_contain', 'free_from', 'certifications',
    'regulatory_codes'] loop
    v_expression := app.mapped_list(mapping, v_field);
    if v_expression is not null then
      v_columns := v_columns || v_field;
      v_values := v_values || v_expression;
    end if;
  end loop;
  v_expression := app.mapped_list(mapping, 'image_url');
  if v_expression is not null then
    v_columns := v_columns || 'images'::text;
    v_values := v_values || format(
      '(select jsonb_agg(jsonb_build_object(''url'', i.url) order by i.place) from unnest(%s) with ordinality as i (url, place))',
      v_expression
    );
  end if;
  if app.nutrition_expression(mapping) is not null then
    v_columns := v_columns || 'nutrition'::text || 'nutrition_basis'::text;
    v_values := v_values || 'n.nutrition'::text || 'case when n.nutrition is not null then n.basis end'::text;
  end if;
  return format(
    'insert into public.stg_products (batch_id, row_no, vendor_id, job_id, %s) '
    'select $1, r.row_no, %L, %L, %s from %s as r %s '
    'where r.row_no between $2 and $3 and not exists (select from %s as s where s.row_no = r.row_no)',
    (select string_agg(quote_ident(c), ', ') from unnest(v_columns) as c),
    vendor_id, job_id,
    array_to_string(v_values, ', '),
    app.ingest_table(job_id),
    coalesce(app.nutrition_expression(mapping), ''),
    app.superseded_table(job_id)
  );
end;
$$;
comment on function app.stage_products_statement is 'The INSERT ... SELECT that stages rows of a job by its mapping.';
