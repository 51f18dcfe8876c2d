-- Whether the caller, a service client, has a permission: from app_clients, or from the claims where a configured
-- issuer vouches for them (claim `permissions`). The service key has all. Definer, so that it may read app_clients;
-- answers about the caller only.
create or replace function app.has_permission(permission text)
returns boolean
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_claims jsonb := app.current_claims();
begin
  return app.is_service()
    or coalesce(v_claims -> 'permissions' ? permission, false)
    or permission = any (app.client_permissions(v_claims ->> 'appwrite_user_id'));
end;
$$;
comment on function app.has_permission is 'True when the calling service client has the permission.';
grant execute on function app.has_permission to authenticated, service_role;
