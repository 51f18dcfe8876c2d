-- Users of Supabase Auth that a run began and that have no profile, because the process ended in between. Those of a
-- run that is under way are left out, unless it is named: it may be about to write their profile.
create or replace function app.half_users(run_id uuid, most int)
returns table (id uuid)
language sql
stable
set search_path = ''
as $$
  select u.id
  from auth.users as u
  left join public.generation_runs as r on r.id::text = u.raw_app_meta_data ->> 'generation_run_id'
  where u.raw_app_meta_data ? 'generation_run_id'
    and (half_users.run_id is null or u.raw_app_meta_data ->> 'generation_run_id' = half_users.run_id::text)
    and (half_users.run_id is not null or coalesce(r.status, 'failed') in ('completed', 'failed'))
    and not exists (select from public.profiles as p where p.id = u.id)
  limit half_users.most;
$$;
comment on function app.half_users is 'Ids of synthetic users without a profile, of one run or of those that ended.';
