-- Begins a request that carries an Idempotency-Key; called in the transaction of its work, after app.enter_request.
-- replayed false: go on, and end with app.complete_idempotency_key in the same transaction. replayed true: answer with
-- status, headers and body as they are. Never waits: while the first request runs, its transaction holds an advisory
-- lock, and a second one gets problem 409. When the first is undone, lock and row are gone, and a retry does the work.
-- Definer, because no client may touch the table; it reaches the caller's own keys only.
create or replace function app.claim_idempotency_key(
  key text,
  method text,
  path text,
  request_hash text,
  out replayed boolean,
  out status int,
  out headers jsonb,
  out body text
)
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_id bytea := app.idempotency_scope(
    claim_idempotency_key.key, claim_idempotency_key.method, claim_idempotency_key.path
  );
  v_request_hash text;
begin
  if length(claim_idempotency_key.key) not between 1 and 255 or claim_idempotency_key.key is null then
    perform app.raise_problem(
      status => 400,
      type => 'invalid-input',
      detail => 'An Idempotency-Key has 1 to 255 characters.',
      errors => '[{"pointer": "/Idempotency-Key", "code": "invalid", "detail": "1 to 255 characters."}]'
    );
  end if;
  if not pg_try_advisory_xact_lock(hashtextextended(encode(v_id, 'hex'), 0)) then
    perform app.raise_problem(
      status => 409,
      type => 'idempotency-key-in-use',
      detail => 'The first request with this Idempotency-Key is still running.',
      hint => 'Send it again a little later; then the answer of the first is replayed.'
    );
  end if;
  -- A statement of its own, after the lock: it sees what the holder before us committed.
  select k.request_hash, k.status, k.response_headers, k.response_body
  into v_request_hash, status, headers, body
  from public.idempotency_keys as k
  where k.id = v_id and k.expires_at > now();
  replayed := found;
  if replayed and v_request_hash <> claim_idempotency_key.request_hash then
    perform app.raise_problem(
      status => 422,
      type => 'idempotency-key-reused',
      detail => 'This Idempotency-Key was used for another request.',
      hint => 'Use a new key for each new request.'
    );
  end if;
end;
$$;
comment on function app.claim_idempotency_key is
  'Whether the request was answered before (then the stored answer); problems 409 idempotency-key-in-use, 422 '
  'idempotency-key-reused.';
grant execute on function app.claim_idempotency_key to authenticated, service_role;
