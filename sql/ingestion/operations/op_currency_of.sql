-- The currency that an amount of money names: "3,50 €" -> EUR. A bare amount gets the currency of the column's header
-- (`with`), or none. Letters beside no digit ("tba") are no currency.
create or replace function app.op_currency_of(value text, "with" text default '')
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
declare
  v_rest constant text := btrim(translate(value, '0123456789.,''', ''), E' \t\u00a0\u202f');
begin
  return case
    when value ~ '[0-9]' and v_rest ~ '^(?:[A-Za-z]{3}|euros?|dollars?|(?:US|CA?|AU?)?[$€£¥₹])$'
      then app.op_currency(v_rest)
    when "with" <> '' then "with"
  end;
end;
$$;

comment on function app.op_currency_of(text, text) is 'The currency that an amount of money names.';

grant execute on function app.op_currency_of(text, text) to authenticated, service_role;
