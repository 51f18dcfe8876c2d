-- The door to app.begin_connector_test, for the api, which then makes the request.
create or replace function public.begin_connector_test(source text)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select app.begin_connector_test(begin_connector_test.source);
$$;
comment on function public.begin_connector_test is
  'Admits one request to a connector''s source and audits it; the api makes the request. For admins.';
grant execute on function public.begin_connector_test to authenticated;
