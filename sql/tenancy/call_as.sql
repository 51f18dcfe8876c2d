-- Runs one statement as the caller, in a single round trip: enters the request, then executes. For our functions,
-- connected as the owner; nobody else may call it. The statement takes its arguments as one jsonb value ($1) and gives
-- one jsonb value. Executed dynamically, so grants are checked and plans are made after the role has changed.
create or replace function app.call_as(
  claims jsonb,
  statement text,
  arguments jsonb,
  request jsonb default null,
  out body text,
  out row_count int
)
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_result jsonb;
begin
  perform app.enter_request(claims, request);
  execute statement into v_result using arguments;
  body := v_result::text;
  row_count := app.result_rows(v_result);
end;
$$;
comment on function app.call_as is
  'Result of one statement run as the caller, as JSON text, and how many rows it holds. For the owner only.';
