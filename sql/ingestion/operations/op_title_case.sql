-- Capital first letters for a text that shouts or whispers; mixed case is left as somebody wrote it.
create or replace function app.op_title_case(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  if value <> upper(value) and value <> lower(value) then
    return value;
  end if;
  return regexp_replace(initcap(value), '([[:alpha:]][''’])S\M', '\1s', 'g');
end;
$$;

comment on function app.op_title_case(text) is
  'Capital first letters, for a text all in capitals or all in small letters.';

grant execute on function app.op_title_case(text) to authenticated, service_role;
