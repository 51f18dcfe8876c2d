-- Milligrams to micrograms; a unit in the cell is believed over the operation's name.
create or replace function app.op_mg_to_mcg(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return app.convert_amount(value, 'mg', 'mcg');
end;
$$;

comment on function app.op_mg_to_mcg(text) is 'Milligrams to micrograms.';

grant execute on function app.op_mg_to_mcg(text) to authenticated, service_role;
