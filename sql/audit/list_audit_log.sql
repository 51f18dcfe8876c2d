-- The audit log, newest first: an admin's vendor, or the platform's rows for a superadmin outside break-glass. An
-- invoker: row level security is the second lock. Every filter is optional.
create or replace function public.list_audit_log(
  action text default null,
  entity text default null,
  entity_id text default null,
  actor_user_id uuid default null,
  since timestamptz default null,
  until timestamptz default null,
  cursor text default null,
  page_limit int default 50
)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_vendor_id uuid := app.current_vendor_id();
  v_scope text;
  v_after jsonb;
  v_rows public.audit_log[];
begin
  if v_vendor_id is not null or not app.has_role('superadmin') then
    v_vendor_id := app.require_vendor('vendor_admin');
  end if;
  perform app.check_page_limit(page_limit);
  v_scope := concat_ws('/', v_vendor_id, 'audit', app.fingerprint(jsonb_build_array(
    list_audit_log.action, list_audit_log.entity, list_audit_log.entity_id, list_audit_log.actor_user_id,
    list_audit_log.since, list_audit_log.until
  )));
  v_after := app.decode_cursor(v_scope, list_audit_log.cursor);
  select array_agg(page.a order by (page.a)."timestamp" desc, (page.a).id desc) into v_rows
  from (
    select a
    from public.audit_log as a
    where a.vendor_id is not distinct from v_vendor_id
      and (list_audit_log.action is null or a.action = list_audit_log.action)
      and (list_audit_log.entity is null or a.entity = list_audit_log.entity)
      and (list_audit_log.entity_id is null or a.entity_id = list_audit_log.entity_id)
      and (list_audit_log.actor_user_id is null or a.actor_user_id = list_audit_log.actor_user_id)
      and a."timestamp" >= coalesce(list_audit_log.since, '-infinity')
      and a."timestamp" < coalesce(list_audit_log.until, 'infinity')
      and (
        v_after is null
        or (a."timestamp", a.id) < ((v_after ->> 'timestamp')::timestamptz, (v_after ->> 'id')::bigint)
      )
    order by a."timestamp" desc, a.id desc
    limit page_limit + 1
  ) as page;
  return jsonb_build_object(
    'data', coalesce(
      (
        select jsonb_agg(to_jsonb(a) - 'xact' order by a."timestamp" desc, a.id desc)
        from unnest(v_rows[:page_limit]) as a
      ),
      '[]'
    ),
    'next_cursor', case when cardinality(v_rows) > page_limit then app.encode_cursor(v_scope, jsonb_build_object(
      'timestamp', v_rows[page_limit]."timestamp", 'id', v_rows[page_limit].id
    )) end
  );
end;
$$;
comment on function public.list_audit_log is
  'Audit rows of the caller''s vendor (admins) or of the platform (superadmins), newest first, as {"data", '
  '"next_cursor"}.';
grant execute on function public.list_audit_log to authenticated;
