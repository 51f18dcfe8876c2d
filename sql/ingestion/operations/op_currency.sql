-- The ISO 4217 code in a cell: "$3.50" -> USD, "3,50 €" -> EUR, "gbp" -> GBP.
create or replace function app.op_currency(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return case
    when value ~ '^[A-Z]{3}$' then value
    when value ~ '(?:CA|C)\$' then 'CAD'
    when value ~ '(?:AU|A)\$' then 'AUD'
    when value ~ '\$' then 'USD'
    when value ~ '€' or value ~* '\meuros?\M' then 'EUR'
    when value ~ '£' then 'GBP'
    when value ~ '¥' then 'JPY'
    when value ~ '₹' then 'INR'
    when value ~* '\mdollars?\M' then 'USD'
    else upper(
      coalesce(
        substring(value from '^\s*([A-Za-z]{3})(?:\s|[0-9]|$)'), substring(value from '\m([A-Za-z]{3})\s*$'), value
      )
    )
  end;
end;
$$;

comment on function app.op_currency(text) is 'The ISO 4217 code in a cell.';

grant execute on function app.op_currency(text) to authenticated, service_role;
