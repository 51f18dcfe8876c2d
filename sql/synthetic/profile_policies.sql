-- Who reads a profile. Apart from the table, because therapists are known by their assignments.
create policy "people read themselves and therapists their patients" on public.profiles
for select to authenticated
using (
  id = (select app.current_user_id())
  or id in (
    select a.patient_id from public.therapist_assignments as a where a.therapist_id = (select app.current_user_id())
  )
  or (select app.is_platform_admin())
);
