-- Puts one text in the place of another, everywhere, letter for letter.
create or replace function app.op_replace(value text, "from" text, "to" text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return replace(value, "from", "to");
end;
$$;

comment on function app.op_replace(text, text, text) is 'Replaces one text by another, everywhere.';

grant execute on function app.op_replace(text, text, text) to authenticated, service_role;
