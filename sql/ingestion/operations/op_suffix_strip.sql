-- Takes a given ending off, whatever its case, and the blanks before it.
create or replace function app.op_suffix_strip(value text, suffix text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  if suffix <> '' and lower(right(value, length(suffix))) = lower(suffix) then
    return rtrim(left(value, length(value) - length(suffix)));
  end if;
  return value;
end;
$$;

comment on function app.op_suffix_strip(text, text) is 'Takes a given ending off, whatever its case.';

grant execute on function app.op_suffix_strip(text, text) to authenticated, service_role;
