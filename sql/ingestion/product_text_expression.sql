-- The SQL expression of one text field of a product, with the helpers that belong to it: units kept in a column of
-- their own, the household measure, a brand's sub-brand. A file without any name column (FoodData Central's food.csv,
-- the lists of an ERP) names a product by its description where that is short enough, else by its brand and kind.
create or replace function app.product_text_expression(mapping jsonb, field text)
returns text
language plpgsql
stable
set search_path = ''
as $$
declare
  v_own text := app.mapped_text(mapping, field);
  v_description text;
  v_parts text;
begin
  case field
    when 'name' then
      if v_own is not null then
        return v_own;
      end if;
      select string_agg(part, ', ') into v_parts
      from unnest(array[
        app.mapped_text(mapping, 'brand'), app.mapped_text(mapping, 'sub_brand'), app.mapped_text(mapping, 'category')
      ]) as part
      where part is not null;
      v_parts := 'nullif(concat_ws('' '', ' || v_parts || '), '''')';
      v_description := app.mapped_text(mapping, 'description');
      v_description := 'case when length(' || v_description || ') <= 200 then ' || v_description || ' end';
      return 'coalesce(' || nullif(
        concat_ws(', ', app.mapped_text(mapping, 'short_description'), v_description, v_parts), ''
      ) || ')';
    when 'serving_size' then
      return app.amount_with_unit(
        coalesce(v_own, app.mapped_text(mapping, 'serving_quantity')),
        coalesce(app.mapped_text(mapping, 'serving_size_unit'), case when v_own is null then quote_literal('g') end),
        app.mapped_text(mapping, 'household_serving')
      );
    when 'package_weight' then
      return app.amount_with_unit(v_own, app.mapped_text(mapping, 'package_weight_unit'), null);
    else
      return v_own;
  end case;
end;
$$;
comment on function app.product_text_expression is
  'Expression of a product''s text field including its helper columns; null when unmapped.';
