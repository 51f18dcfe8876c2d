-- Whether the platform itself asks: the service key, or our own functions and commands connected as the owner.
-- Reads the setting `role`, which a definer function does not change and a caller cannot set at will.
create or replace function app.is_service()
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return coalesce(nullif(current_setting('role', true), 'none'), session_user)
    in ('service_role', 'postgres', 'supabase_admin');
end;
$$;
comment on function app.is_service is 'True for the service key and for the owner of the database; false for people.';
grant execute on function app.is_service to authenticated, service_role;
