-- users.id of whoever is signed in, member of a vendor or not: a token may name only the Appwrite user. Definer,
-- because people without a sub cannot read their own row; it answers about the caller only.
create or replace function app.signed_in_user_id()
returns uuid
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return (
    select u.id
    from public.users as u
    where u.id = app.current_user_id()
      or app.current_user_id() is null and u.appwrite_user_id = app.current_claims() ->> 'appwrite_user_id'
  );
end;
$$;
comment on function app.signed_in_user_id is
  'users.id of the caller, found by their Appwrite id where needed; or null.';
grant execute on function app.signed_in_user_id to authenticated, service_role;
