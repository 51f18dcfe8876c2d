-- Takes a given beginning off, whatever its case ("INGREDIENTS: "), and the blanks after it.
create or replace function app.op_prefix_strip(value text, prefix text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  if lower(left(value, length(prefix))) = lower(prefix) then
    return ltrim(substr(value, length(prefix) + 1));
  end if;
  return value;
end;
$$;

comment on function app.op_prefix_strip(text, text) is 'Takes a given beginning off, whatever its case.';

grant execute on function app.op_prefix_strip(text, text) to authenticated, service_role;
