-- Whether a text is an amount of money that fits numeric(12, 2): no sign, at most two decimals. Null for null.
create or replace function app.is_money(amount text)
returns boolean
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return amount ~ '^\d{1,10}(\.\d{1,2})?$';
end;
$$;
comment on function app.is_money is 'True for amounts such as 1500 or 1500.00.';
