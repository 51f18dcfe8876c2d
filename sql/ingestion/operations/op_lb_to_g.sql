-- Pounds to grams; a unit in the cell is believed over the operation's name.
create or replace function app.op_lb_to_g(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return app.convert_amount(value, 'lb', 'g');
end;
$$;

comment on function app.op_lb_to_g(text) is 'Pounds to grams.';

grant execute on function app.op_lb_to_g(text) to authenticated, service_role;
