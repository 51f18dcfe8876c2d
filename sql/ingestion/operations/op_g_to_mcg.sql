-- Grams to micrograms; a unit in the cell is believed over the operation's name.
create or replace function app.op_g_to_mcg(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return app.convert_amount(value, 'g', 'mcg');
end;
$$;

comment on function app.op_g_to_mcg(text) is 'Grams to micrograms.';

grant execute on function app.op_g_to_mcg(text) to authenticated, service_role;
