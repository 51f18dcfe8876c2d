-- A name for the caller that is always there: users.id, else how a service client is known, else the database role.
create or replace function app.current_subject()
returns text
language plpgsql
stable
set search_path = ''
as $$
declare
  v_claims jsonb := app.current_claims();
begin
  return coalesce(
    v_claims ->> 'sub',
    v_claims ->> 'client_id',
    v_claims ->> 'appwrite_user_id',
    case when app.is_service() then 'service' else 'anonymous' end
  );
end;
$$;
comment on function app.current_subject is 'users.id of the caller, or the id of a service client, or service.';
grant execute on function app.current_subject to authenticated, service_role;
