-- Super ids for the caller, who needs super_id:generate. Definer, because clients have no grant to insert: an id of
-- their own choosing must not get into the record.
create or replace function app.mint_super_ids(count int, metadata jsonb)
returns setof uuid
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_claims jsonb := app.current_claims();
begin
  perform app.require_permission('super_id:generate');
  return query
  select s
  from app.record_super_ids(
    coalesce(v_claims ->> 'appwrite_user_id', v_claims ->> 'client_id', v_claims ->> 'sub', v_claims ->> 'role'),
    mint_super_ids.count,
    mint_super_ids.metadata
  ) as s;
end;
$$;
comment on function app.mint_super_ids is
  'Makes and records super ids in the caller''s name; problem 403 without super_id:generate.';
grant execute on function app.mint_super_ids to authenticated, service_role;
