-- Connections of clients to the database by state.
create or replace function app.connection_counts()
returns table (state text, count bigint)
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select coalesce(a.state, 'unknown'), count(*)
  from pg_catalog.pg_stat_activity as a
  where a.backend_type = 'client backend'
  group by 1
  order by 1;
end;
$$;
comment on function app.connection_counts is 'Client connections by state: active, idle, idle in transaction, ...';
