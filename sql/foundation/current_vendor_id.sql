-- The vendor this request is about. Null for a superadmin outside a break-glass session, and for service clients.
create or replace function app.current_vendor_id()
returns uuid
language plpgsql
stable
set search_path = ''
as $$
begin
  return nullif(app.current_claims() ->> 'vendor_id', '')::uuid;
end;
$$;
comment on function app.current_vendor_id is 'vendors.id this request is scoped to, or null.';
grant execute on function app.current_vendor_id to authenticated, service_role;
