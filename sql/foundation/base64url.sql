-- Bytes as text that may stand in a URL: base64 with - and _, without padding and line ends (RFC 4648, section 5).
create or replace function app.base64url(value bytea)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return translate(encode(value, 'base64'), E'+/=\n', '-_');
end;
$$;
comment on function app.base64url is 'Encodes bytes as base64url without padding.';
