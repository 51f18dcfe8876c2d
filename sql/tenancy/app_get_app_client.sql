-- One service client. Definer, because a client reads only itself; superadmins and the service key only.
create or replace function app.get_app_client(appwrite_user_id text)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_client public.app_clients;
begin
  perform app.require_platform();
  select c.* into v_client
  from public.app_clients as c
  where c.appwrite_user_id = get_app_client.appwrite_user_id;
  if v_client.appwrite_user_id is null then
    perform app.raise_problem(404, 'not-found', 'There is no such service client.');
  end if;
  return to_jsonb(v_client);
end;
$$;
comment on function app.get_app_client is 'A service client; problems 403 and 404.';
grant execute on function app.get_app_client to authenticated, service_role;
