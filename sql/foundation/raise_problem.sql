-- The one way to refuse a caller: SQLSTATE PT<status> (PostgREST answers with that status), the detail as message,
-- {"type", "errors"} as DETAIL and the remedy as HINT. The HTTP layer turns it into problem+json.
create or replace function app.raise_problem(
  status int,
  type text,
  detail text,
  errors jsonb default null,
  hint text default null
)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  raise exception using
    errcode = 'PT' || raise_problem.status,
    message = raise_problem.detail,
    detail = jsonb_build_object('type', raise_problem.type, 'errors', coalesce(raise_problem.errors, '[]'))::text,
    hint = coalesce(raise_problem.hint, '');
end;
$$;
comment on function app.raise_problem is
  'Ends the statement with a problem: HTTP status, slug of its type, sentence, field errors and remedy.';
grant execute on function app.raise_problem to authenticated, service_role;
