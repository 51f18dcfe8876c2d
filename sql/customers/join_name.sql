-- A name whose parts stand in two columns of a file, one of them called just "name". Where that one holds the whole
-- name already, it is the name.
create or replace function app.join_name(first_name text, name text, last_name text)
returns text
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_part constant text := coalesce(first_name, last_name);
begin
  return case
    when position(' ' || app.fold_text(v_part) || ' ' in ' ' || app.fold_text(name) || ' ') > 0 then name
    else nullif(concat_ws(' ', first_name, name, last_name), '')
  end;
end;
$$;

comment on function app.join_name is 'The whole name of a person out of two columns.';

grant execute on function app.join_name to authenticated, service_role;
