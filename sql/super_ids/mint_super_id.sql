-- One super id for a workflow that starts inside the database or the api (an ingestion job, for example).
create or replace function app.mint_super_id(requested_by text default null, metadata jsonb default null)
returns uuid
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_super_id uuid;
begin
  select s into strict v_super_id
  from app.record_super_ids(mint_super_id.requested_by, 1, mint_super_id.metadata) as s;
  return v_super_id;
end;
$$;
comment on function app.mint_super_id is 'Makes and records one super id for an internal caller.';
