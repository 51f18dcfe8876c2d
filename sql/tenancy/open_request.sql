-- The first round trip of every request by an Appwrite user, as one statement that commits by itself: who they are,
-- and whether the limits let them in. Everything is answered as data, since a raised problem would undo the counting:
--   {"claims": {...} or null, "problem": {status, type, detail, hint, retry_after} or null, "limits": [...],
--    "position": {lsn, at, last_write_at}}
-- The position is that of the log and of the clock of the primary: whoever has replayed up to `lsn` has all that was
-- told to be written before `at`, and a caller who may have written lately must not read from one who has not.
-- A caller who is refused for another reason still uses up their own limit, not that of a vendor. A request inside a
-- break-glass session counts for the superadmin alone, and is written to the audit log here, before it can do
-- anything. `request` is {request_id, ip, ua, method, path}; `route_class` is 'ingest' for calls that start a job.
create or replace function app.open_request(
  appwrite_user_id text,
  vendor_id uuid default null,
  route_class text default 'api',
  request jsonb default null,
  at timestamptz default clock_timestamp()
)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_caller record;
  v_counted record;
  v_problem jsonb;
begin
  v_caller := app.resolve_caller(open_request.appwrite_user_id, open_request.vendor_id);
  v_counted := app.take_rate_limits(
    open_request.appwrite_user_id,
    case when v_caller.claims -> 'break_glass' is null then (v_caller.claims ->> 'vendor_id')::uuid end,
    open_request.route_class = 'ingest',
    v_caller.rate_limits,
    open_request.at,
    coalesce(open_request.request ->> 'method' not in ('GET', 'HEAD'), false)
  );
  if v_counted.refused_by is not null then
    v_problem := app.rate_limit_problem(v_counted.refused_by, v_counted.limits);
  elsif v_caller.problem is not null then
    v_problem := v_caller.problem;
    if v_problem ->> 'status' = '403' then
      perform app.audit_refusal(
        open_request.appwrite_user_id, open_request.vendor_id, v_problem ->> 'type', open_request.request
      );
    end if;
  elsif v_caller.claims ? 'break_glass' then
    perform app.audit_break_glass_request(v_caller.claims, open_request.request);
  end if;
  return jsonb_build_object(
    'claims', case when v_problem is null then v_caller.claims end,
    'problem', v_problem,
    'limits', v_counted.limits,
    'position', jsonb_build_object(
      'lsn', pg_current_wal_flush_lsn(), 'at', open_request.at, 'last_write_at', v_counted.last_write_at
    )
  );
end;
$$;
comment on function app.open_request is
  'Resolves and counts a request of an Appwrite user: {claims, problem, limits, position}. Commits by itself; never '
  'raises a problem.';
