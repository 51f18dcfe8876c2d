-- Kilojoules to kilocalories; a unit in the cell is believed over the operation's name.
create or replace function app.op_kj_to_kcal(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return app.convert_amount(value, 'kj', 'kcal');
end;
$$;

comment on function app.op_kj_to_kcal(text) is 'Kilojoules to kilocalories.';

grant execute on function app.op_kj_to_kcal(text) to authenticated, service_role;
