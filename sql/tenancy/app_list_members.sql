-- The memberships of the caller's vendor. Definer, because invited people's own rows are closed to its admins.
create or replace function app.list_members(role text, status text, cursor text, page_limit int)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_vendor_id uuid := app.require_vendor('vendor_admin');
  v_scope text := concat_ws(
    '/', v_vendor_id, 'members', app.fingerprint(jsonb_build_array(list_members.role, list_members.status))
  );
  v_after jsonb := app.decode_cursor(v_scope, list_members.cursor);
  v_links public.user_links[];
begin
  perform app.check_page_limit(page_limit);
  perform app.check_choice('role', list_members.role, '{vendor_viewer, vendor_operator, vendor_admin}');
  perform app.check_choice('status', list_members.status, '{active, invited, suspended}');
  select array_agg(page.l order by (page.l).created_at, (page.l).id) into v_links
  from (
    select l
    from public.user_links as l
    where l.vendor_id = v_vendor_id
      and (list_members.role is null or l.role = list_members.role)
      and (list_members.status is null or l.status = list_members.status)
      and (
        v_after is null
        or (l.created_at, l.id) > ((v_after ->> 'created_at')::timestamptz, (v_after ->> 'id')::uuid)
      )
    order by l.created_at, l.id
    limit page_limit + 1
  ) as page;
  return jsonb_build_object(
    'data', coalesce(
      (select jsonb_agg(app.member_json(l) order by l.created_at, l.id) from unnest(v_links[:page_limit]) as l), '[]'
    ),
    'next_cursor', case when cardinality(v_links) > page_limit then app.encode_cursor(v_scope, jsonb_build_object(
      'created_at', v_links[page_limit].created_at, 'id', v_links[page_limit].id
    )) end
  );
end;
$$;
comment on function app.list_members is 'Members of the caller''s vendor, oldest first; for its admins.';
grant execute on function app.list_members to authenticated;
