-- The door to app.get_workflow.
create or replace function public.get_workflow(super_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select app.get_workflow(get_workflow.super_id);
$$;
comment on function public.get_workflow is
  'What happened under a super id, in order: {"super_id", "generated_at", "requested_by_client_id", "metadata", '
  '"timeline", "truncated"}; problem 404 unless it is the caller''s or their vendor''s.';
grant execute on function public.get_workflow to authenticated, service_role;
