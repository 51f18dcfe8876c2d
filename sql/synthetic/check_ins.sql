-- How a patient feels, day by day. Therapists do not check in.
create table public.check_ins (
  id bigint generated always as identity,
  patient_id uuid not null,
  checked_in_at timestamptz not null,
  mood numeric(3, 1) not null,
  energy numeric(3, 1) not null,
  anxiety numeric(3, 1) not null,
  sleep_hours numeric(3, 1) not null,
  created_at timestamptz not null default now(),
  constraint check_ins_pkey primary key (id),
  constraint check_in_has_a_profile foreign key (patient_id) references public.profiles (id) on delete cascade,
  constraint one_check_in_at_a_time unique (patient_id, checked_in_at),
  constraint mood_is_from_1_to_10 check (mood between 1 and 10),
  constraint energy_is_from_1_to_10 check (energy between 1 and 10),
  constraint anxiety_is_from_1_to_10 check (anxiety between 1 and 10),
  constraint sleep_is_within_a_day check (sleep_hours between 0 and 24)
);
comment on table public.check_ins is 'Check-ins of patients. Patients read their own, therapists their patients''.';
comment on column public.check_ins.id is 'Names the check-in.';
comment on column public.check_ins.patient_id is 'Whose it is.';
comment on column public.check_ins.checked_in_at is 'When they checked in.';
comment on column public.check_ins.mood is 'From 1 (worst) to 10 (best).';
comment on column public.check_ins.energy is 'From 1 (none) to 10 (full).';
comment on column public.check_ins.anxiety is 'From 1 (calm) to 10 (panic).';
comment on column public.check_ins.sleep_hours is 'Hours slept in the night before.';
comment on column public.check_ins.created_at is 'When the row was written.';

alter table public.check_ins enable row level security;
alter table public.check_ins force row level security;
create policy "patients and their therapists read check-ins" on public.check_ins
for select to authenticated
using (
  patient_id = (select app.current_user_id())
  or patient_id in (
    select a.patient_id from public.therapist_assignments as a where a.therapist_id = (select app.current_user_id())
  )
  or (select app.is_platform_admin())
);
grant select on public.check_ins to authenticated, service_role;
grant insert, update, delete on public.check_ins to service_role;
