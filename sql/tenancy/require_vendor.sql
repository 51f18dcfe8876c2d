-- The vendor of this request, for a caller who may act there with at least this role; otherwise problem 403.
-- The first line of every function that touches a vendor's data.
create or replace function app.require_vendor(minimum text)
returns uuid
language plpgsql
stable
set search_path = ''
as $$
declare
  v_vendor_id uuid := app.current_vendor_id();
begin
  if v_vendor_id is null then
    perform app.raise_problem(
      status => 403,
      type => 'no-vendor',
      detail => 'This request is not made for a vendor.',
      hint => 'Sign in as a member of the vendor.'
    );
  end if;
  if not app.has_role(minimum) then
    perform app.raise_problem(
      status => 403,
      type => 'insufficient-role',
      detail => format('This needs the role %s or higher.', minimum),
      hint => 'Ask an admin of the vendor.'
    );
  end if;
  return v_vendor_id;
end;
$$;
comment on function app.require_vendor is 'The caller''s vendor id, or problem 403 no-vendor / insufficient-role.';
grant execute on function app.require_vendor to authenticated, service_role;
