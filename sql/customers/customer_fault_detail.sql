-- The sentence for a fault of a customer: what is wrong and what to do. The codes are stable, the words are for people;
-- none repeats a value.
create or replace function app.customer_fault_detail(pointer text, code text)
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
    when 'too_long' then format('%s is too long; docs/customers.md lists the limits.', v_field)
    when 'too_many' then format('%s has more than 100 entries.', v_field)
    when 'invalid_email' then 'email is one address such as ada@example.com.'
    when 'invalid_phone' then
      'phone is an international number with + (+44 20 7946 0018), or ten digits of the North American plan.'
    when 'invalid_dob' then 'dob is a date such as 1990-12-31, from 1890 to today.'
    when 'invalid_age' then 'age is a whole number of years from 0 to 130.'
    when 'unknown_gender' then 'gender is male, female, other or unspecified.'
    when 'invalid_location' then 'location is an object of at most 20 texts and numbers, 4 KiB in all.'
    when 'invalid_consent' then 'health_consent is yes or no.'
    when 'consent_required' then
      'The row was applied without its health columns: the customer has not agreed to health data '
      '(column health_consent).'
    when 'superseded' then 'A later row has the same external_id; that one counts.'
    else code
  end;
end;
$$;

comment on function app.customer_fault_detail is 'The sentence for a fault code of a customer.';
