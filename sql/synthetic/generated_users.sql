-- Synthetic users that may be removed: marked profiles, and users of Supabase Auth that a run began and never gave a
-- profile (both marked in app_metadata, which users cannot write). Never anyone else. While a run is under way its
-- users without a profile are left alone.
create or replace function app.generated_users(run_id uuid, most int)
returns table (id uuid)
language sql
stable
set search_path = ''
as $$
  (
    select p.id
    from public.profiles as p
    where p.is_test_patient and (generated_users.run_id is null or p.run_id = generated_users.run_id)
    order by p.id
    limit generated_users.most
  )
  union all
  select h.id from app.half_users(generated_users.run_id, generated_users.most) as h
  limit generated_users.most;
$$;
comment on function app.generated_users is 'Ids of up to `most` synthetic users, of one run or of all.';
