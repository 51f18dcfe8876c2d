-- Registers a service client. Definer, because nobody may write app_clients; superadmins and the service key only.
create or replace function app.create_app_client(appwrite_user_id text, name text, permissions text[])
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_client public.app_clients;
begin
  perform app.require_platform();
  if coalesce(create_app_client.appwrite_user_id, '') !~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,254}$' then
    perform app.raise_problem(
      400, 'invalid-input', 'The service client cannot be registered like this.',
      '[{"pointer": "/appwrite_user_id", "code": "invalid", "detail": "The id of an Appwrite user."}]'
    );
  end if;
  perform app.check_app_client_input(
    coalesce(create_app_client.name, ''), coalesce(create_app_client.permissions, '{}')
  );
  insert into public.app_clients (appwrite_user_id, name, permissions)
  values (
    create_app_client.appwrite_user_id, btrim(create_app_client.name), coalesce(create_app_client.permissions, '{}')
  )
  on conflict (appwrite_user_id) do nothing
  returning * into v_client;
  if v_client.appwrite_user_id is null then
    perform app.raise_problem(
      status => 409,
      type => 'already-exists',
      detail => 'This Appwrite user is a service client already.',
      errors => '[{"pointer": "/appwrite_user_id", "code": "taken", "detail": "A service client has this id."}]',
      hint => 'Change it instead.'
    );
  end if;
  return to_jsonb(v_client);
end;
$$;
comment on function app.create_app_client is 'Registers a service client; problems 400, 403 and 409 already-exists.';
grant execute on function app.create_app_client to authenticated, service_role;
