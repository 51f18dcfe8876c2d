-- Gives every patient of a run a therapist of the same run, in turn: no therapist has more than one patient more than
-- another. Nothing happens without therapists.
create or replace function app.assign_therapists(run_id uuid)
returns void
language sql
volatile
set search_path = ''
as $$
  insert into public.therapist_assignments (patient_id, therapist_id)
  select p.id, t.id
  from (
    select q.id, row_number() over (order by q.run_index) - 1 as place
    from public.profiles as q
    where q.run_id = assign_therapists.run_id and q.role = 'patient'
  ) as p
  join (
    select q.id, row_number() over (order by q.run_index) - 1 as place, count(*) over () as number
    from public.profiles as q
    where q.run_id = assign_therapists.run_id and q.role = 'therapist'
  ) as t on t.place = p.place % t.number
  on conflict do nothing;
$$;
comment on function app.assign_therapists is 'Assigns the therapists of a run to its patients, evenly.';
