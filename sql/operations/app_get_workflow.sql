-- The whole story of one super id, as far as the caller may know it: superadmins and the service key all of it, the
-- service client that asked for the id as well (with super_id:read), members what belongs to their vendor. To everyone
-- else it does not exist. Definer, because it reads what no caller may read whole.
create or replace function app.get_workflow(super_id uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_most constant int := 1000;
  v_claims jsonb := app.current_claims();
  v_vendor_id uuid := case when app.has_role('vendor_viewer') then app.current_vendor_id() end;
  v_record public.generated_super_ids;
  v_whole boolean;
  v_count bigint;
  v_timeline jsonb;
begin
  select g.* into v_record from public.generated_super_ids as g where g.super_id = get_workflow.super_id;
  v_whole := app.is_service() or app.is_platform_admin() or (
    app.has_permission('super_id:read')
    and v_record.requested_by_client_id in (v_claims ->> 'appwrite_user_id', v_claims ->> 'client_id')
  );
  select count(*), jsonb_agg(
    jsonb_build_object(
      'at', e.at, 'event', e.event, 'entity', e.entity, 'entity_id', e.entity_id, 'vendor_id', e.vendor_id,
      'data', e.data
    )
    order by e.place
  ) filter (where e.place <= v_most)
  into v_count, v_timeline
  from (
    select w.*, row_number() over (
      order by
        w.at, array_position(array['super_id', 'job', 'generation_run', 'event', 'delivery'], w.entity), w.entity_id,
        w.event
    ) as place
    from app.workflow_entries(get_workflow.super_id) as w
    where v_whole or w.vendor_id = v_vendor_id
  ) as e;
  if v_count = 0 then
    perform app.raise_problem(404, 'not-found', 'There is no such workflow.');
  end if;
  return jsonb_build_object(
    'super_id', get_workflow.super_id,
    'generated_at', v_record.generated_at,
    'requested_by_client_id', case when v_whole then v_record.requested_by_client_id end,
    'metadata', case when v_whole then v_record.metadata end,
    'timeline', v_timeline,
    'truncated', v_count > v_most
  );
end;
$$;
comment on function app.get_workflow is
  'The timeline of a super id; problem 404 for those it is none of their business.';
grant execute on function app.get_workflow to authenticated, service_role;
