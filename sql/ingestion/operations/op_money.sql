-- An amount of money without its currency: "$1,299.00", "3,50 €", "EUR 12" -> plain numbers; "-", "n/a" -> null.
create or replace function app.op_money(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
declare
  v_amount text;
  v_parsed record;
begin
  -- Nearly every cell there is.
  if value ~ '^(?:0|[1-9][0-9]{0,9})(?:\.[0-9]{1,2})?$' then
    return value;
  end if;
  if app.op_null_if(value) is null then
    return null;
  end if;
  v_amount := btrim(
    regexp_replace(
      value,
      '^\s*(?:[A-Z]{3}|(?:US|C|A|CA|AU)?[$€£¥₹])\s*|\s*(?:[A-Z]{3}|[$€£¥₹]|euros?|dollars?)\s*$', '', 'gi'
    )
  );
  v_parsed := app.parse_decimal(v_amount);
  if v_parsed.number is null or v_parsed.rest <> '' then
    return value;
  end if;
  return v_parsed.number::text;
end;
$$;

comment on function app.op_money(text) is 'An amount of money without its currency.';

grant execute on function app.op_money(text) to authenticated, service_role;
