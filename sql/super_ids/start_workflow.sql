-- The super id of a workflow that starts inside the database or the api (an ingestion job, for example): the one the
-- request brings, else a new one.
create or replace function app.start_workflow(requested_by text, metadata jsonb)
returns uuid
language plpgsql
volatile
set search_path = ''
as $$
begin
  return coalesce(
    app.given_super_id(),
    (select s from app.record_super_ids(start_workflow.requested_by, 1, start_workflow.metadata) as s)
  );
end;
$$;
comment on function app.start_workflow is
  'The super id a workflow goes by: that of the request''s header X-Super-Id, else a new recorded one.';
