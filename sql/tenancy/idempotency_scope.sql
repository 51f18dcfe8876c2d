-- One name for vendor, caller, method, path and key. The vendor and the caller come from the claims, never from an
-- argument, so nobody can ask for another's answers.
create or replace function app.idempotency_scope(key text, method text, path text)
returns bytea
language plpgsql
stable
set search_path = ''
as $$
begin
  return sha256(convert_to(
    jsonb_build_array(
      app.current_vendor_id(), app.current_subject(), upper(idempotency_scope.method), idempotency_scope.path,
      idempotency_scope.key
    )::text,
    'utf8'
  ));
end;
$$;
comment on function app.idempotency_scope is
  'The id in idempotency_keys of a key of this caller for a method and path.';
