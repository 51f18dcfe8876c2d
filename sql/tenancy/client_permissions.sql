-- What a service client may do now; empty for strangers and for clients that were shut out.
create or replace function app.client_permissions(appwrite_user_id text)
returns text[]
language plpgsql
stable
set search_path = ''
as $$
begin
  return coalesce(
    (
      select c.permissions from public.app_clients as c
      where c.appwrite_user_id = client_permissions.appwrite_user_id and c.active
    ),
    '{}'
  );
end;
$$;
comment on function app.client_permissions is 'Permissions of an active service client, by its Appwrite user id.';
