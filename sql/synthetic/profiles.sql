-- Patients and therapists: the people of Supabase Auth, as the product knows them. Synthetic ones are marked, so that
-- analytics can leave them out and `delete generated data` finds them and nobody else.
create table public.profiles (
  id uuid not null,
  email text not null,
  role text not null,
  full_name text,
  birth_date date,
  locale text,
  is_test_patient boolean not null default false,
  run_id uuid,
  run_index int,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint profiles_pkey primary key (id),
  constraint a_profile_belongs_to_an_auth_user foreign key (id) references auth.users (id) on delete cascade,
  constraint profile_run_exists foreign key (run_id) references public.generation_runs (id) on delete set null,
  constraint profile_email_is_unique unique (email),
  constraint profile_role_is_known check (role in ('patient', 'therapist')),
  constraint only_synthetic_profiles_name_a_run check (run_id is null or is_test_patient)
);
create index idx_profiles_is_test_patient on public.profiles (is_test_patient) where is_test_patient;
create unique index profiles_run_index_key on public.profiles (run_id, run_index) where run_id is not null;
comment on table public.profiles is
  'Patients and therapists. People read themselves, therapists their patients, superadmins all.';
comment on column public.profiles.id is 'The id of the user in Supabase Auth.';
comment on column public.profiles.email is 'The address they sign in with.';
comment on column public.profiles.role is 'patient or therapist.';
comment on column public.profiles.full_name is 'What they are called; null when not told.';
comment on column public.profiles.birth_date is 'When they were born; null when not told.';
comment on column public.profiles.locale is 'Language and region, such as en or pt_BR.';
comment on column public.profiles.is_test_patient is
  'Flag to identify synthetic/test patients (true) vs real patients (false)';
comment on column public.profiles.run_id is 'The run that made a synthetic profile; null for real people.';
comment on column public.profiles.run_index is 'Its number within the run.';
comment on column public.profiles.created_at is 'When the profile was made.';
comment on column public.profiles.updated_at is 'When it last changed.';

create trigger touch_updated_at_trigger
before update on public.profiles
for each row execute function app.touch_updated_at();

alter table public.profiles enable row level security;
alter table public.profiles force row level security;
grant select on public.profiles to authenticated, service_role;
grant insert, update, delete on public.profiles to service_role;
