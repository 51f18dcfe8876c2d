-- The door to app.mint_super_ids for rpc(); it checks the caller itself. In plpgsql because it is hot: a sql function
-- plans its statement at every call, which took as long as the insert itself.
create or replace function public.mint_super_ids(count int default 1, metadata jsonb default null)
returns setof uuid
language plpgsql
volatile
set search_path = ''
as $$
begin
  return query select s from app.mint_super_ids(mint_super_ids.count, mint_super_ids.metadata) as s;
end;
$$;
comment on function public.mint_super_ids is
  'Makes and records 1 to 1000 super ids. Needs super_id:generate or the service key.';
grant execute on function public.mint_super_ids to authenticated, service_role;
