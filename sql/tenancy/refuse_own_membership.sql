-- A break-glass session ends; a membership would not. So whoever is inside one gives themselves none and changes none
-- of their own: an admin of the vendor can.
create or replace function app.refuse_own_membership(user_id uuid)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if app.current_claims() ? 'break_glass' and refuse_own_membership.user_id = app.current_user_id() then
    perform app.raise_problem(
      status => 403,
      type => 'insufficient-role',
      detail => 'A break-glass session gives no membership to the superadmin who opened it.',
      hint => 'Ask an admin of the vendor.'
    );
  end if;
end;
$$;
comment on function app.refuse_own_membership is 'Problem 403 for a superadmin''s own membership inside break-glass.';
