-- Sodium from salt: 40 % of it, as EU labels reckon (salt = sodium x 2.5, Regulation 1169/2011). Keeps the unit:
-- follow it with g_to_mg.
create or replace function app.op_salt_to_sodium(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return app.op_scale(value, 0.4);
end;
$$;

comment on function app.op_salt_to_sodium(text) is 'Sodium from salt: 40 % of it, in the same unit.';

grant execute on function app.op_salt_to_sodium(text) to authenticated, service_role;
