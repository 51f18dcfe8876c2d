-- The first round trip of a request by a service client, which belongs to no vendor: counted against its own limit.
-- A client registered here is named by its Appwrite id and gets its claims and permissions; one for whom the configured
-- issuer vouches is named by `issuer_subject`, and its claims are the caller's business. Answers like app.open_request.
create or replace function app.open_client_request(
  appwrite_user_id text default null,
  issuer_subject text default null,
  at timestamptz default clock_timestamp()
)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_counted record;
  v_problem jsonb;
begin
  v_counted := app.take_rate_limits(
    coalesce(open_client_request.appwrite_user_id, 'client:' || open_client_request.issuer_subject),
    null, false, null, open_client_request.at
  );
  if v_counted.refused_by is not null then
    v_problem := app.rate_limit_problem(v_counted.refused_by, v_counted.limits);
  end if;
  return jsonb_build_object(
    'claims', case when v_problem is null and open_client_request.appwrite_user_id is not null then
      app.build_claims(open_client_request.appwrite_user_id, app_role => 'client')
    end,
    'permissions', app.client_permissions(open_client_request.appwrite_user_id),
    'problem', v_problem,
    'limits', v_counted.limits
  );
end;
$$;
comment on function app.open_client_request is
  'Counts a request of a service client: {claims, permissions, problem, limits}. Commits by itself.';
