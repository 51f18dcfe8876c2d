-- A person's height in centimetres, whatever it was written in: a unit is believed; a bare number is metres below 3,
-- feet up to 8, inches up to 96, else centimetres. For columns called just "height"; never for the API, where numbers
-- are cm.
create or replace function app.op_body_height(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  if value ~ '^\s*[0-2][.,][0-9]{1,2}\s*$' then
    return app.convert_amount(replace(value, ',', '.'), 'm', 'cm');
  end if;
  return app.op_ftin_to_cm(value);
end;
$$;

comment on function app.op_body_height(text) is
  'A person''s height in centimetres, the unit guessed where there is none.';

grant execute on function app.op_body_height(text) to authenticated, service_role;
