-- What is known of the request: {request_id, super_id, ip, ua, method, path}. Our functions say it (app.enter_request);
-- for PostgREST it is read from the headers. {} outside a request.
create or replace function app.request_context()
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_request text := nullif(current_setting('app.request', true), '');
  v_headers jsonb;
begin
  if v_request is not null then
    return v_request::jsonb;
  end if;
  v_headers := nullif(current_setting('request.headers', true), '')::jsonb;
  if v_headers is null then
    return '{}';
  end if;
  return jsonb_strip_nulls(jsonb_build_object(
    'request_id', v_headers ->> 'x-request-id',
    'super_id', v_headers ->> 'x-super-id',
    'ip', btrim(split_part(v_headers ->> 'x-forwarded-for', ',', 1)),
    'ua', v_headers ->> 'user-agent',
    'method', current_setting('request.method', true),
    'path', current_setting('request.path', true)
  ));
end;
$$;
comment on function app.request_context is
  'request_id, super_id, ip, ua, method and path of this request, as far as known.';
grant execute on function app.request_context to authenticated, service_role;
