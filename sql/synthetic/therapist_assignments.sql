-- Which therapist sees which patient.
create table public.therapist_assignments (
  patient_id uuid not null,
  therapist_id uuid not null,
  assigned_at timestamptz not null default now(),
  constraint therapist_assignments_pkey primary key (patient_id, therapist_id),
  constraint patient_has_a_profile foreign key (patient_id) references public.profiles (id) on delete cascade,
  constraint therapist_has_a_profile foreign key (therapist_id) references public.profiles (id) on delete cascade,
  constraint nobody_is_their_own_therapist check (patient_id <> therapist_id)
);
create index therapist_assignments_therapist_id_idx on public.therapist_assignments (therapist_id);
comment on table public.therapist_assignments is 'Patients and their therapists. Both read their own, superadmins all.';
comment on column public.therapist_assignments.patient_id is 'The patient.';
comment on column public.therapist_assignments.therapist_id is 'The therapist.';
comment on column public.therapist_assignments.assigned_at is 'Since when.';

alter table public.therapist_assignments enable row level security;
alter table public.therapist_assignments force row level security;
create policy "patients and therapists read their own assignments" on public.therapist_assignments
for select to authenticated
using (
  patient_id = (select app.current_user_id())
  or therapist_id = (select app.current_user_id())
  or (select app.is_platform_admin())
);
grant select on public.therapist_assignments to authenticated, service_role;
grant insert, update, delete on public.therapist_assignments to service_role;
