-- Who is asking, as PostgREST and app.enter_request say it: request.jwt.claims. An empty object when nobody said.
-- plpgsql, here and in its neighbours: its plan is kept for the session, that of a SQL function is not.
create or replace function app.current_claims()
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return coalesce(nullif(current_setting('request.jwt.claims', true), '')::jsonb, '{}');
end;
$$;
comment on function app.current_claims is 'The claims of this request; {} outside a request.';
grant execute on function app.current_claims to authenticated, service_role;
