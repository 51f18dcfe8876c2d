-- The bytes behind base64url text; the counterpart of app.base64url.
create or replace function app.from_base64url(value text)
returns bytea
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return decode(translate(value, '-_', '+/') || repeat('=', (4 - length(value) % 4) % 4), 'base64');
end;
$$;
comment on function app.from_base64url is 'Decodes base64url without padding; fails on anything else.';
