-- A short name for a set of filters, to bind a cursor to them: equal objects give equal names, in whatever order
-- their keys come.
create or replace function app.fingerprint(value jsonb)
returns text
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  return encode(sha256(convert_to(coalesce(value, 'null')::text, 'utf8')), 'hex');
end;
$$;
comment on function app.fingerprint is 'SHA-256 of a json value in Postgres'' own canonical form, as hex.';
grant execute on function app.fingerprint to authenticated, service_role;
