-- The cell of a file's column of places: an object in JSON as it is, any other text as the address.
create or replace function app.read_location(cell text)
returns jsonb
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  return case
    when cell is null then '{}'
    when cell ~ '^\{' and pg_input_is_valid(cell, 'jsonb') then jsonb_strip_nulls(cell::jsonb)
    else jsonb_build_object('address', cell)
  end;
end;
$$;

comment on function app.read_location is 'A place out of one cell.';

grant execute on function app.read_location to authenticated, service_role;
