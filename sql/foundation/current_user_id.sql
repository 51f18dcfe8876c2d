-- The caller's users.id. Null for service clients, whose subject need not be a uuid.
create or replace function app.current_user_id()
returns uuid
language plpgsql
stable
set search_path = ''
as $$
declare
  v_subject text := app.current_claims() ->> 'sub';
begin
  if pg_input_is_valid(v_subject, 'uuid') then
    return v_subject::uuid;
  end if;
  return null;
end;
$$;
comment on function app.current_user_id is 'users.id of the caller, or null.';
grant execute on function app.current_user_id to authenticated, service_role;
