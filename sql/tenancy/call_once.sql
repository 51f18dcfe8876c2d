-- app.call_as under an Idempotency-Key, still one round trip and one transaction: claims the key, runs the statement as
-- the caller, stores the answer. `idempotency` is {key, method, path, request_hash, status, headers}: status and
-- headers are those of the answer when the statement passes. A repeated request gets the stored answer, replayed true,
-- and the statement is not run. Where the answer is more than the statement's result, use claim and complete around the
-- work.
create or replace function app.call_once(
  claims jsonb,
  statement text,
  arguments jsonb,
  request jsonb,
  idempotency jsonb,
  out replayed boolean,
  out status int,
  out headers jsonb,
  out body text,
  out row_count int
)
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_known record;
  v_result jsonb;
begin
  perform app.enter_request(call_once.claims, call_once.request);
  v_known := app.claim_idempotency_key(
    call_once.idempotency ->> 'key',
    call_once.idempotency ->> 'method',
    call_once.idempotency ->> 'path',
    call_once.idempotency ->> 'request_hash'
  );
  replayed := v_known.replayed;
  if v_known.replayed then
    status := v_known.status;
    headers := v_known.headers;
    body := v_known.body;
    row_count := 0;
    return;
  end if;
  execute call_once.statement into v_result using call_once.arguments;
  body := v_result::text;
  row_count := app.result_rows(v_result);
  status := coalesce((call_once.idempotency ->> 'status')::int, 200);
  headers := coalesce(call_once.idempotency -> 'headers', '{}');
  perform app.complete_idempotency_key(
    call_once.idempotency ->> 'key',
    call_once.idempotency ->> 'method',
    call_once.idempotency ->> 'path',
    call_once.idempotency ->> 'request_hash',
    status, headers, body
  );
end;
$$;
comment on function app.call_once is
  'app.call_as under an Idempotency-Key: runs the statement once and replays its answer. For the owner only.';
