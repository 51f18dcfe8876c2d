-- Wraps an expression for an amount so that a bare number gets the unit from its own column and a household measure
-- follows in parentheses: 85.0, GRM, "1 cup" -> "85 GRM (1 cup)". Either may be null, meaning there is no such column.
create or replace function app.amount_with_unit(amount text, unit text, household text)
returns text
language sql
immutable
set search_path = ''
as $$
  select case
    when amount_with_unit.amount is null then amount_with_unit.household
    when unit is null and household is null then amount_with_unit.amount
    else format(
      'app.describe_amount(%s, %s, %s)', amount_with_unit.amount, coalesce(unit, 'null'), coalesce(household, 'null')
    )
  end;
$$;
comment on function app.amount_with_unit is 'Expression of an amount with its unit and household measure.';
