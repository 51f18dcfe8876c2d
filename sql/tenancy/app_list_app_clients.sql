-- Service clients by their Appwrite id, a page at a time. Definer, because a client reads only itself; superadmins and
-- the service key only.
create or replace function app.list_app_clients(active boolean, cursor text, page_limit int)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_scope text := concat_ws('/', 'app-clients', app.current_subject(), coalesce(list_app_clients.active::text, '-'));
  v_after text;
  v_clients public.app_clients[];
begin
  perform app.require_platform();
  perform app.check_page_limit(page_limit);
  v_after := app.decode_cursor(v_scope, list_app_clients.cursor) ->> 'appwrite_user_id';
  select array_agg(page.c order by (page.c).appwrite_user_id) into v_clients
  from (
    select c
    from public.app_clients as c
    where (list_app_clients.active is null or c.active = list_app_clients.active)
      and (v_after is null or c.appwrite_user_id > v_after)
    order by c.appwrite_user_id
    limit page_limit + 1
  ) as page;
  return jsonb_build_object(
    'data', coalesce(
      (select jsonb_agg(to_jsonb(c) order by c.appwrite_user_id) from unnest(v_clients[:page_limit]) as c), '[]'
    ),
    'next_cursor', case when cardinality(v_clients) > page_limit then
      app.encode_cursor(v_scope, jsonb_build_object('appwrite_user_id', v_clients[page_limit].appwrite_user_id))
    end
  );
end;
$$;
comment on function app.list_app_clients is 'Service clients as {"data", "next_cursor"}; problem 403 for others.';
grant execute on function app.list_app_clients to authenticated, service_role;
