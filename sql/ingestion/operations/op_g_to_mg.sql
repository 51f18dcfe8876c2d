-- Grams to milligrams; a unit in the cell is believed over the operation's name.
create or replace function app.op_g_to_mg(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return app.convert_amount(value, 'g', 'mg');
end;
$$;

comment on function app.op_g_to_mg(text) is 'Grams to milligrams.';

grant execute on function app.op_g_to_mg(text) to authenticated, service_role;
