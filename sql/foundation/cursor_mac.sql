-- HMAC-SHA256 of a cursor's payload and scope. Not granted: only encode_cursor and decode_cursor, which are definers.
create or replace function app.cursor_mac(scope text, payload text)
returns bytea
language plpgsql
stable
set search_path = ''
as $$
declare
  v_key bytea;
begin
  select decode(s.decrypted_secret, 'hex') into strict v_key
  from vault.decrypted_secrets as s
  where s.name = 'odyssey_cursor_key';
  -- The payload is base64url, so the line end parts the two without doubt.
  return extensions.hmac(convert_to(payload || E'\n' || scope, 'utf8'), v_key, 'sha256');
end;
$$;
comment on function app.cursor_mac is 'The signature of a cursor within its scope.';
