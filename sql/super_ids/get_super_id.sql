-- One record, for clients with super_id:read. An invoker: row level security is the second lock.
create or replace function public.get_super_id(super_id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_record jsonb;
begin
  perform app.require_permission('super_id:read');
  select jsonb_build_object(
    'super_id', g.super_id,
    'generated_at', g.generated_at,
    'requested_by_client_id', g.requested_by_client_id,
    'metadata', g.metadata
  ) into v_record
  from public.generated_super_ids as g
  where g.super_id = get_super_id.super_id;
  if v_record is null then
    perform app.raise_problem(404, 'not-found', 'No such super id was handed out.');
  end if;
  return v_record;
end;
$$;
comment on function public.get_super_id is
  'The record of a super id; problem 403 without super_id:read, 404 when unknown.';
grant execute on function public.get_super_id to authenticated, service_role;
