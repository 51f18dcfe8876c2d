-- The sentence for a fault: what is wrong and what to do. The codes are stable, the words are for people.
create or replace function app.fault_detail(pointer text, code text, words text[] default null)
returns text
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_field constant text := substr(pointer, 2);
begin
  return case code
    when 'required' then format('%s is required and cannot be blank.', v_field)
    when 'too_long' then format('%s is too long; docs/catalog.md lists the limits.', v_field)
    when 'too_many' then format('%s has more than 100 entries.', v_field)
    when 'invalid_type' then format('%s has the wrong JSON type.', v_field)
    when 'barcode_damaged' then
      'The digits were replaced by a rounded number such as 3.25E+12. Export the column as text and send it again.'
    when 'barcode_invalid' then
      'Not a GTIN-8, GTIN-12, GTIN-13 or GTIN-14 with a right check digit. Correct it or leave it out.'
    when 'unknown_category' then
      'No such category: send the id, code, label or synonym of an active one (taxonomy/categories).'
    when 'unknown_cuisine'
      then 'No such cuisine: send the id, code, label or synonym of an active one (taxonomy/cuisines).'
    when 'unknown_market' then 'No such market: send the id, code, label or synonym of an active one.'
    when 'unknown_allergen' then format(
      'Unknown allergen: %s. Use a code of taxonomy/allergens, or add a synonym.', array_to_string(words, ', ')
    )
    when 'unknown_nutrient' then 'A nutrient key is unknown; docs/catalog.md lists them.'
    when 'invalid_nutrition' then 'Every nutrient is a number from 0 to 10,000,000.'
    when 'invalid_nutrition_basis' then 'nutrition_basis is serving or 100g.'
    when 'invalid_price' then 'price is zero or more with at most two decimals and ten digits before them, e.g. 3.50.'
    when 'invalid_currency' then 'currency is an ISO 4217 code, e.g. USD.'
    when 'invalid_status' then 'status is active or inactive.'
    when 'invalid_url' then 'source_url is an http or https address of at most 2048 characters.'
    when 'invalid_image' then 'images is a list of at most 50 {"url", "alt"} with http or https addresses.'
    when 'superseded' then 'A later row has the same external_id; that one counts.'
    else code
  end;
end;
$$;

comment on function app.fault_detail is 'The sentence for a fault code of a product.';
