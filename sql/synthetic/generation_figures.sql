-- How the making of users fared in the runs that moved within a while: how many were dealt with, and what it took.
create or replace function app.generation_figures(
  within interval,
  out users bigint,
  out failed bigint,
  out retries bigint,
  out duplicates bigint,
  out compensations bigint
)
language plpgsql
stable
set search_path = ''
as $$
begin
  select
    coalesce(sum(r.next_user), 0), coalesce(sum(r.users_failed), 0), coalesce(sum(r.retries), 0),
    coalesce(sum(r.duplicates), 0), coalesce(sum(r.compensations), 0)
  into users, failed, retries, duplicates, compensations
  from public.generation_runs as r
  where r.updated_at > now() - generation_figures.within;
end;
$$;
comment on function app.generation_figures is
  'Users dealt with, failed, retries, duplicates and compensations of the runs that moved within the interval.';
