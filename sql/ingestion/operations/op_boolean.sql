-- true or false from yes/no, 1/0, oui/non, sí/no, ja/nein, x, on/off, active/inactive.
create or replace function app.op_boolean(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return case
    when app.fold_token(value) in (
      'true', 't', 'yes', 'y', '1', 'on', 'oui', 'o', 'si', 's', 'ja', 'j', 'x', 'active', 'enabled'
    )
      then 'true'
    when app.fold_token(value) in ('false', 'f', 'no', 'n', '0', 'off', 'non', 'nein', 'inactive', 'disabled')
      then 'false'
    else value
  end;
end;
$$;

comment on function app.op_boolean(text) is 'true or false from the words people use for them.';

grant execute on function app.op_boolean(text) to authenticated, service_role;
