-- Stores the answer of a request that app.claim_idempotency_key let through, in the same transaction as its work. Only
-- final answers: a 401, 429 or 5xx is for the caller to retry, and the table refuses it. The primary key is the second
-- lock: of two transactions that both did the work, one cannot commit. Definer, for the reason given in claim.
create or replace function app.complete_idempotency_key(
  key text,
  method text,
  path text,
  request_hash text,
  status int,
  headers jsonb,
  body text
)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
begin
  insert into public.idempotency_keys as k (
    id, key, vendor_id, subject, method, path, request_hash, response_hash, status, response_headers, response_body
  )
  values (
    app.idempotency_scope(
      complete_idempotency_key.key, complete_idempotency_key.method, complete_idempotency_key.path
    ),
    complete_idempotency_key.key,
    app.current_vendor_id(),
    app.current_subject(),
    upper(complete_idempotency_key.method),
    complete_idempotency_key.path,
    complete_idempotency_key.request_hash,
    encode(sha256(convert_to(coalesce(complete_idempotency_key.body, ''), 'utf8')), 'hex'),
    complete_idempotency_key.status,
    coalesce(complete_idempotency_key.headers, '{}'),
    complete_idempotency_key.body
  )
  on conflict on constraint idempotency_keys_pkey do update
  set request_hash = excluded.request_hash,
      response_hash = excluded.response_hash,
      status = excluded.status,
      response_headers = excluded.response_headers,
      response_body = excluded.response_body,
      created_at = excluded.created_at,
      expires_at = excluded.expires_at
  where k.expires_at <= now();
  if not found then
    perform app.raise_problem(
      status => 409,
      type => 'idempotency-key-in-use',
      detail => 'Another request with this Idempotency-Key was answered meanwhile; this one was undone.',
      hint => 'Send it again; then that answer is replayed.'
    );
  end if;
end;
$$;
comment on function app.complete_idempotency_key is 'Stores the answer of this transaction''s work for 24 hours.';
grant execute on function app.complete_idempotency_key to authenticated, service_role;
