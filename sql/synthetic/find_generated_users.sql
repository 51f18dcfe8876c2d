-- The door for the api, which removes users through the Auth service. Definer; superadmins and the service key only.
create or replace function app.find_generated_users(run_id uuid, most int)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform app.require_platform();
  return jsonb_build_object('data', coalesce(
    (select jsonb_agg(u.id) from app.generated_users(find_generated_users.run_id, find_generated_users.most) as u), '[]'
  ));
end;
$$;
comment on function app.find_generated_users is 'Ids of synthetic users to remove as {"data"}; problem 403 for others.';
grant execute on function app.find_generated_users to authenticated, service_role;
