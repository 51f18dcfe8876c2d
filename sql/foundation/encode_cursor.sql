-- An opaque place in a list: the keys of the last row, signed for one scope (vendor, endpoint, filters).
-- Definer, because the key lies in Vault; it tells the caller nothing but a signature of their own place.
create or replace function app.encode_cursor(scope text, keys jsonb)
returns text
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_payload text;
begin
  if keys is null then
    return null;
  end if;
  v_payload := app.base64url(convert_to(keys::text, 'utf8'));
  return v_payload || '.' || app.base64url(app.cursor_mac(scope, v_payload));
end;
$$;
comment on function app.encode_cursor is
  'Signs the keys of the last row of a page for one scope; null keys give a null cursor.';
grant execute on function app.encode_cursor to authenticated, service_role;
