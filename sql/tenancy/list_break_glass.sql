-- Break-glass sessions, newest first: all of them for a superadmin, those about their vendor for its admin. An invoker:
-- row level security decides.
create or replace function public.list_break_glass(cursor text default null, page_limit int default 50)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_scope text := concat_ws('/', 'break-glass', app.current_subject(), app.current_vendor_id());
  v_after jsonb := app.decode_cursor(v_scope, list_break_glass.cursor);
  v_sessions public.break_glass_sessions[];
begin
  if not app.has_role('superadmin') then
    perform app.require_vendor('vendor_admin');
  end if;
  perform app.check_page_limit(page_limit);
  select array_agg(page.s order by (page.s).opened_at desc, (page.s).id desc) into v_sessions
  from (
    select s
    from public.break_glass_sessions as s
    where v_after is null
      or (s.opened_at, s.id) < ((v_after ->> 'opened_at')::timestamptz, (v_after ->> 'id')::uuid)
    order by s.opened_at desc, s.id desc
    limit page_limit + 1
  ) as page;
  return jsonb_build_object(
    'data', coalesce((select jsonb_agg(to_jsonb(s)) from unnest(v_sessions[:page_limit]) as s), '[]'),
    'next_cursor', case when cardinality(v_sessions) > page_limit then app.encode_cursor(v_scope, jsonb_build_object(
      'opened_at', v_sessions[page_limit].opened_at, 'id', v_sessions[page_limit].id
    )) end
  );
end;
$$;
comment on function public.list_break_glass is
  'Break-glass sessions the caller may see, newest first, as {"data", "next_cursor"}.';
grant execute on function public.list_break_glass to authenticated;
