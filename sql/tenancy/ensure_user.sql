-- The shadow of an Appwrite user, made or brought up to date. Null leaves what is known as it is.
create or replace function app.ensure_user(
  appwrite_user_id text,
  email text default null,
  display_name text default null
)
returns uuid
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_user_id uuid;
begin
  insert into public.users as u (appwrite_user_id, email, display_name)
  values (ensure_user.appwrite_user_id, ensure_user.email, ensure_user.display_name)
  on conflict (appwrite_user_id) do update
  set email = coalesce(excluded.email, u.email),
      display_name = coalesce(excluded.display_name, u.display_name)
  returning u.id into v_user_id;
  return v_user_id;
end;
$$;
comment on function app.ensure_user is
  'Id of the user with this Appwrite id; made when missing, email and name updated when given.';
