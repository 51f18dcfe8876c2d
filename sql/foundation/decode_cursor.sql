-- The keys in a cursor, when it is whole and was made for this very scope; otherwise problem 400 invalid-cursor.
-- Definer, because the key lies in Vault. Nothing is decoded before the signature is known to be ours.
create or replace function app.decode_cursor(scope text, cursor text)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_parts text[] := string_to_array(decode_cursor.cursor, '.');
begin
  if decode_cursor.cursor is null then
    return null;
  end if;
  if length(decode_cursor.cursor) <= 4096
    and cardinality(v_parts) = 2
    and sha256(convert_to(v_parts[2], 'utf8'))
      = sha256(convert_to(app.base64url(app.cursor_mac(scope, v_parts[1])), 'utf8'))
  then
    return convert_from(app.from_base64url(v_parts[1]), 'utf8')::jsonb;
  end if;
  perform app.raise_problem(
    status => 400,
    type => 'invalid-cursor',
    detail => 'The cursor is damaged or belongs to another list.',
    errors => '[{"pointer": "/cursor", "code": "invalid", "detail": "Not a cursor of this list and these filters."}]',
    hint => 'Send next_cursor as it was received, with the same filters, or begin without a cursor.'
  );
end;
$$;
comment on function app.decode_cursor is
  'The keys signed by encode_cursor for the same scope; null for null, else problem 400.';
grant execute on function app.decode_cursor to authenticated, service_role;
