-- Generated from sql/synthetic/ by npm run migrations. Do not edit: change the sources and run it again.
-- Bodies are not checked here, because functions may call ones that a later file makes.
set check_function_bodies = off;
set lock_timeout = '10s';
set statement_timeout = '10min';

-- sql/synthetic/generation_runs.sql
-- One request for synthetic data: what was asked for, how far it is, what came of it. Runs of up to 200 users are done
-- within the request, larger ones by the worker, a chunk of users a step. No password is ever kept here.
create table public.generation_runs (
  id uuid not null default gen_random_uuid(),
  super_id uuid not null,
  status text not null default 'queued',
  params jsonb not null,
  next_user int not null default 0,
  users_total int not null,
  check_ins_created bigint not null default 0,
  users_failed int not null default 0,
  retries int not null default 0,
  duplicates int not null default 0,
  compensations int not null default 0,
  failures jsonb not null default '[]',
  error jsonb,
  requested_by text,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  updated_at timestamptz not null default now(),
  constraint generation_runs_pkey primary key (id),
  constraint generation_status_is_valid check (status in ('queued', 'running', 'completed', 'failed')),
  constraint an_ended_run_says_when check ((status in ('completed', 'failed')) = (finished_at is not null)),
  constraint a_failed_run_says_why check (status <> 'failed' or error is not null),
  constraint next_user_is_within_the_run check (next_user between 0 and users_total),
  constraint failures_are_a_list check (jsonb_typeof(failures) = 'array')
);
create index generation_runs_super_id_idx on public.generation_runs (super_id);
create index generation_runs_created_at_idx on public.generation_runs (created_at desc, id desc);
comment on table public.generation_runs is 'Runs of the synthetic data generator. Superadmins read them.';
comment on column public.generation_runs.id is 'Names the run.';
comment on column public.generation_runs.super_id is 'The workflow id minted for the run.';
comment on column public.generation_runs.status is 'queued, running, then completed (perhaps with failures) or failed.';
comment on column public.generation_runs.params is
  'patients_count, therapists_count, checkins_per_user, mood_pattern, seed, start_date, locale.';
comment on column public.generation_runs.next_user is 'Users before this number are dealt with; patients come first.';
comment on column public.generation_runs.users_total is 'How many users were asked for.';
comment on column public.generation_runs.check_ins_created is 'Check-ins written so far; only patients check in.';
comment on column public.generation_runs.retries is 'How often a duplicate made another try necessary.';
comment on column public.generation_runs.users_failed is 'How many users could not be made.';
comment on column public.generation_runs.duplicates is 'How often an address or profile was taken already.';
comment on column public.generation_runs.compensations is
  'How often a user was removed again, because the profile could not be written or no answer came.';
comment on column public.generation_runs.failures is
  'Users that could not be made: {index, role, code, detail}; at most 100 are kept.';
comment on column public.generation_runs.error is 'Why the run failed as a whole: {code, detail}. Null unless failed.';
comment on column public.generation_runs.requested_by is 'Appwrite id of the superadmin who asked.';
comment on column public.generation_runs.created_at is 'When it was asked for.';
comment on column public.generation_runs.started_at is 'When the first user was begun.';
comment on column public.generation_runs.finished_at is 'When it was completed or failed.';
comment on column public.generation_runs.updated_at is 'When anything of it last changed.';

create trigger touch_updated_at_trigger
before update on public.generation_runs
for each row execute function app.touch_updated_at();

alter table public.generation_runs enable row level security;
alter table public.generation_runs force row level security;
create policy "superadmins read the runs" on public.generation_runs
for select to authenticated
using ((select app.is_platform_admin()));
grant select on public.generation_runs to authenticated, service_role;

-- sql/synthetic/profiles.sql
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

-- sql/synthetic/therapist_assignments.sql
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

-- sql/synthetic/check_ins.sql
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

-- sql/synthetic/analyze_moods.sql
-- Moods day by day over the patients the caller may read. Synthetic patients count only when asked for: a number about
-- real people must never contain invented ones.
create or replace function public.analyze_moods(
  include_test_patients boolean default false,
  since timestamptz default null,
  until timestamptz default null
)
returns table (
  day date,
  patients bigint,
  check_ins bigint,
  mood_mean numeric,
  mood_stddev numeric,
  low_moods bigint
)
language sql
stable
set search_path = ''
as $$
  select
    (c.checked_in_at at time zone 'UTC')::date,
    count(distinct c.patient_id),
    count(*),
    round(avg(c.mood), 2),
    round(coalesce(stddev_samp(c.mood), 0), 2),
    count(*) filter (where c.mood <= 3)
  from public.check_ins as c
  join public.profiles as p on p.id = c.patient_id
  where (analyze_moods.include_test_patients or not p.is_test_patient)
    and (analyze_moods.since is null or c.checked_in_at >= analyze_moods.since)
    and (analyze_moods.until is null or c.checked_in_at < analyze_moods.until)
  group by 1
  order by 1;
$$;
comment on function public.analyze_moods is
  'Moods by day (UTC) of the patients the caller may read; synthetic ones only with include_test_patients.';
grant execute on function public.analyze_moods to authenticated, service_role;

-- sql/synthetic/analyze_patients.sql
-- Each patient's course in one row, over the patients the caller may read. Synthetic ones come only when asked for.
create or replace function public.analyze_patients(include_test_patients boolean default false)
returns table (
  patient_id uuid,
  check_ins bigint,
  first_at timestamptz,
  last_at timestamptz,
  mood_mean numeric,
  mood_stddev numeric,
  mood_trend_per_day numeric
)
language sql
stable
set search_path = ''
as $$
  select
    p.id,
    count(c.id),
    min(c.checked_in_at),
    max(c.checked_in_at),
    round(avg(c.mood), 2),
    round(stddev_samp(c.mood), 2),
    round((regr_slope(c.mood, extract(epoch from c.checked_in_at) / 86400))::numeric, 4)
  from public.profiles as p
  join public.check_ins as c on c.patient_id = p.id
  where analyze_patients.include_test_patients or not p.is_test_patient
  group by p.id;
$$;
comment on function public.analyze_patients is
  'Mood statistics of each patient the caller may read; synthetic ones only with include_test_patients.';
grant execute on function public.analyze_patients to authenticated, service_role;

-- sql/synthetic/app_create_generation_run.sql
-- Notes a run and mints its super id, in one transaction. The worker gets a message of every run: at once of one with
-- more users than the request can serve, else when the request must be over, to go on where a killed one ended and to
-- look for users left half made. Definer, because nobody may write runs; superadmins and the service key only.
create or replace function app.create_generation_run(params jsonb)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_inline_users constant int := 200;
  v_request_seconds constant int := 180;
  v_id uuid := gen_random_uuid();
  v_requested_by text := app.current_claims() ->> 'appwrite_user_id';
  v_run public.generation_runs;
begin
  perform app.require_platform();
  perform app.check_generation_params(create_generation_run.params);
  insert into public.generation_runs (id, super_id, params, users_total, requested_by)
  values (
    v_id,
    app.start_workflow(v_requested_by, jsonb_build_object('workflow', 'generate_data', 'run_id', v_id)),
    create_generation_run.params,
    (params ->> 'patients_count')::int + (params ->> 'therapists_count')::int,
    v_requested_by
  )
  returning * into strict v_run;
  perform pgmq.send(
    'generation', jsonb_build_object('run_id', v_run.id),
    case when v_run.users_total > v_inline_users then 0 else v_request_seconds end
  );
  perform app.write_audit('generation.created', 'generation_run', v_run.id::text, after => v_run.params);
  return app.generation_run_json(v_run) || jsonb_build_object('queued', v_run.users_total > v_inline_users);
end;
$$;
comment on function app.create_generation_run is
  'Makes a run with its super id; `queued` tells whether the worker does it. Problems 400 and 403.';
grant execute on function app.create_generation_run to authenticated, service_role;

-- sql/synthetic/app_get_generation_run.sql
-- One run. Definer, because it counts profiles; superadmins and the service key only.
create or replace function app.get_generation_run(id uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_run public.generation_runs;
begin
  perform app.require_platform();
  select r.* into v_run from public.generation_runs as r where r.id = get_generation_run.id;
  if v_run.id is null then
    perform app.raise_problem(404, 'not-found', 'There is no such run.');
  end if;
  return app.generation_run_json(v_run);
end;
$$;
comment on function app.get_generation_run is 'A run as the API shows it; problems 403 and 404.';
grant execute on function app.get_generation_run to authenticated, service_role;

-- sql/synthetic/assign_therapists.sql
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

-- sql/synthetic/audit_generated_deletion.sql
-- Writes down that synthetic users were removed, and how many. Definer, because no client writes the audit log.
create or replace function app.audit_generated_deletion(run_id uuid, deleted int)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  perform app.require_platform();
  perform app.write_audit(
    'generation.deleted', 'generation_run', audit_generated_deletion.run_id::text,
    before => jsonb_build_object('users', audit_generated_deletion.deleted)
  );
end;
$$;
comment on function app.audit_generated_deletion is 'Audits the removal of synthetic users; problem 403 for others.';
grant execute on function app.audit_generated_deletion to authenticated, service_role;

-- sql/synthetic/check_generation_params.sql
-- What is wrong with the parameters of a run, all faults at once.
create or replace function app.check_generation_params(params jsonb)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  v_errors jsonb;
begin
  select jsonb_agg(jsonb_build_object('pointer', e.pointer, 'code', 'invalid', 'detail', e.detail)) into v_errors
  from (
    select
      '/' || b.name as pointer,
      format('A whole number from 0 to %s.', b.most) as detail,
      jsonb_typeof(params -> b.name) = 'number' and params ->> b.name ~ '^\d{1,9}$'
        and (params ->> b.name)::bigint <= b.most as holds
    from (values ('patients_count', 10000), ('therapists_count', 1000), ('checkins_per_user', 1000)) as b (name, most)
    union all
    select '/mood_pattern', 'stable, improving, declining, volatile, seasonal or crisis_and_recovery.',
      params ->> 'mood_pattern' in (
        'stable', 'improving', 'declining', 'volatile', 'seasonal', 'crisis_and_recovery'
      )
    union all
    select '/seed', 'A whole number from 0 to 4294967295.',
      coalesce(params ->> 'seed' ~ '^\d{1,10}$' and (params ->> 'seed')::bigint <= 4294967295, false)
    union all
    select '/start_date', 'A date from 1900-01-01 to 2100-12-31.',
      case
        when params ->> 'start_date' ~ '^\d{4}-\d\d-\d\d$' and pg_input_is_valid(params ->> 'start_date', 'date')
          then (params ->> 'start_date')::date between '1900-01-01' and '2100-12-31'
      end
    union all
    select '/locale', 'A locale such as en or pt_BR.', coalesce(params ->> 'locale' ~ '^[a-z]{2}(_[A-Z]{2})?$', false)
  ) as e
  where e.holds is not true;
  if v_errors is null and (params ->> 'patients_count')::int * (params ->> 'checkins_per_user')::int > 2000000 then
    v_errors := '[{"pointer": "/checkins_per_user", "code": "out_of_range", "detail": "At most 2000000 in all."}]';
  end if;
  if v_errors is null and (params ->> 'patients_count')::int + (params ->> 'therapists_count')::int = 0 then
    v_errors := '[{"pointer": "/patients_count", "code": "out_of_range", "detail": "At least one user in all."}]';
  end if;
  if v_errors is not null then
    perform app.raise_problem(400, 'invalid-input', 'No data can be generated from this.', v_errors);
  end if;
end;
$$;
comment on function app.check_generation_params is 'Problem 400 that names each parameter of a run that is not sound.';

-- sql/synthetic/create_generation_run.sql
-- The door to app.create_generation_run.
create or replace function public.create_generation_run(params jsonb)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select app.create_generation_run(create_generation_run.params);
$$;
comment on function public.create_generation_run is
  'Asks for synthetic patients, therapists and check-ins. Superadmins and the service key only.';
grant execute on function public.create_generation_run to authenticated, service_role;

-- sql/synthetic/fail_generation_run.sql
-- Ends a run that cannot go on; what it made stays until it is deleted.
create or replace function app.fail_generation_run(run_id uuid, error jsonb)
returns void
language sql
volatile
set search_path = ''
as $$
  update public.generation_runs as r
  set status = 'failed', finished_at = now(), error = fail_generation_run.error
  where r.id = fail_generation_run.run_id and r.status in ('queued', 'running');
$$;
comment on function app.fail_generation_run is 'Fails a run that has not ended, with {code, detail}.';

-- sql/synthetic/find_generated_users.sql
-- The door for the api, which removes users through the Auth service. Definer; superadmins and the service key only.
create or replace function app.find_generated_users(run_id uuid, most int)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform app.require_platform();
  return jsonb_build_object('data', coalesce(
    (select jsonb_agg(u.id) from app.generated_users(find_generated_users.run_id, find_generated_users.most) as u), '[]'
  ));
end;
$$;
comment on function app.find_generated_users is 'Ids of synthetic users to remove as {"data"}; problem 403 for others.';
grant execute on function app.find_generated_users to authenticated, service_role;

-- sql/synthetic/generated_users.sql
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

-- sql/synthetic/generation_figures.sql
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

-- sql/synthetic/generation_queue.sql
-- The queue of runs: messages {"run_id"}. While a run is under way its message asks for the next users, afterwards for
-- the removal of users left half made. Creating it again changes nothing.
do $$
begin
  if not exists (select from pgmq.list_queues() where queue_name = 'generation') then
    perform pgmq.create('generation');
  end if;
end;
$$;

-- sql/synthetic/generation_run_json.sql
-- A run as the API shows it.
create or replace function app.generation_run_json(run public.generation_runs)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return jsonb_build_object(
    'id', run.id,
    'super_id', run.super_id,
    'status', run.status,
    'progress_pct', case
      when run.status = 'completed' or run.users_total = 0 then 100
      else round(100.0 * run.next_user / run.users_total, 2)
    end,
    'params', run.params,
    'totals', app.generation_totals(run),
    'failures', run.failures,
    'error', run.error,
    'created_at', run.created_at,
    'started_at', run.started_at,
    'finished_at', run.finished_at
  );
end;
$$;
comment on function app.generation_run_json is
  'A run: {id, super_id, status, progress_pct, params, totals, failures, error, created_at, started_at, finished_at}.';

-- sql/synthetic/generation_totals.sql
-- What a run has made so far. Users are counted where they are, so that the figure cannot drift from the truth.
create or replace function app.generation_totals(run public.generation_runs)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select jsonb_build_object(
      'patients', count(*) filter (where p.role = 'patient'),
      'therapists', count(*) filter (where p.role = 'therapist'),
      'check_ins', run.check_ins_created,
      'failed', run.users_failed,
      'retries', run.retries,
      'duplicates', run.duplicates,
      'compensations', run.compensations
    )
    from public.profiles as p
    where p.run_id = run.id
  );
end;
$$;
comment on function app.generation_totals is
  'patients, therapists, check_ins, failed, retries, duplicates and compensations of a run.';

-- sql/synthetic/get_generation_run.sql
-- The door to app.get_generation_run.
create or replace function public.get_generation_run(id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select app.get_generation_run(get_generation_run.id);
$$;
comment on function public.get_generation_run is
  'A run of the synthetic data generator with its progress. Superadmins and the service key only.';
grant execute on function public.get_generation_run to authenticated, service_role;

-- sql/synthetic/half_users.sql
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

-- sql/synthetic/mood_analytics.sql
-- Moods by day of real patients: what a dashboard reads. Synthetic ones are asked for with analyze_moods(true).
create view public.mood_analytics
with (security_invoker = true)
as
select a.day, a.patients, a.check_ins, a.mood_mean, a.mood_stddev, a.low_moods
from public.analyze_moods() as a;
comment on view public.mood_analytics is 'Moods by day of the real patients the caller may read.';
grant select on public.mood_analytics to authenticated, service_role;
comment on column public.mood_analytics.day is 'The day (UTC).';
comment on column public.mood_analytics.patients is 'Patients who checked in that day.';
comment on column public.mood_analytics.check_ins is 'Their check-ins.';
comment on column public.mood_analytics.mood_mean is 'Mean mood, 2 decimals.';
comment on column public.mood_analytics.mood_stddev is
  'Standard deviation of the moods (sample), 2 decimals; null for one check-in.';
comment on column public.mood_analytics.low_moods is 'Check-ins with a low mood.';

-- sql/synthetic/patient_analytics.sql
-- Each real patient's course in one row. Synthetic ones are asked for with analyze_patients(true).
create view public.patient_analytics
with (security_invoker = true)
as
select
  a.patient_id, a.check_ins, a.first_at, a.last_at, a.mood_mean, a.mood_stddev, a.mood_trend_per_day
from public.analyze_patients() as a;
comment on view public.patient_analytics is 'Mood statistics of each real patient the caller may read.';
grant select on public.patient_analytics to authenticated, service_role;
comment on column public.patient_analytics.patient_id is 'The patient (profiles.id).';
comment on column public.patient_analytics.check_ins is 'How many check-ins there are.';
comment on column public.patient_analytics.first_at is 'The first check-in.';
comment on column public.patient_analytics.last_at is 'The last check-in.';
comment on column public.patient_analytics.mood_mean is 'Mean mood, 2 decimals.';
comment on column public.patient_analytics.mood_stddev is
  'Standard deviation of the moods (sample), 2 decimals; null for one check-in.';
comment on column public.patient_analytics.mood_trend_per_day is
  'Slope of the mood over time: points a day, 4 decimals.';

-- sql/synthetic/profile_policies.sql
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

-- sql/synthetic/read_generation_step.sql
-- Leases the next message for the worker: of a run that is under way, or of one that has ended and may have left users
-- half made. Messages of runs that are gone are put away. Null when nothing is due.
create or replace function app.read_generation_step(lease_seconds int)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_message record;
  v_run public.generation_runs;
begin
  for v_attempt in 1 .. 20 loop
    select m.msg_id, m.read_ct, m.message into v_message
    from pgmq.read('generation', read_generation_step.lease_seconds, 1) as m;
    if v_message.msg_id is null then
      return null;
    end if;
    select r.* into v_run from public.generation_runs as r where r.id::text = v_message.message ->> 'run_id';
    if v_run.id is not null then
      return jsonb_build_object(
        'message_id', v_message.msg_id, 'read_count', v_message.read_ct, 'run', to_jsonb(v_run)
      );
    end if;
    perform pgmq.delete('generation', v_message.msg_id);
  end loop;
  return null;
end;
$$;
comment on function app.read_generation_step is 'Leases the next message of a run: {message_id, read_count, run}.';

-- sql/synthetic/requeue_generation_run.sql
-- Puts a fresh message of a run in the place of the one that was worked off, so that its reads are counted anew.
create or replace function app.requeue_generation_run(message_id bigint, run_id uuid, delay_seconds int)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform pgmq.delete('generation', requeue_generation_run.message_id);
  perform pgmq.send(
    'generation', jsonb_build_object('run_id', requeue_generation_run.run_id), requeue_generation_run.delay_seconds
  );
end;
$$;
comment on function app.requeue_generation_run is 'Replaces the message of a run by a new one that is due later.';

-- sql/synthetic/save_generation_progress.sql
-- Closes a chunk of users: the checkpoint moves, therapists of the run get their patients (in turn, both by their
-- number), and the last chunk completes the run. In the caller's transaction, with the check-ins of the chunk.
create or replace function app.save_generation_progress(
  run_id uuid,
  next_user int,
  check_ins bigint,
  tries jsonb,
  failures jsonb
)
returns public.generation_runs
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_run public.generation_runs;
begin
  update public.generation_runs as r
  set status = case when save_generation_progress.next_user = r.users_total then 'completed' else 'running' end,
      finished_at = case when save_generation_progress.next_user = r.users_total then now() end,
      started_at = coalesce(r.started_at, now()),
      next_user = save_generation_progress.next_user,
      check_ins_created = r.check_ins_created + save_generation_progress.check_ins,
      users_failed = r.users_failed + jsonb_array_length(save_generation_progress.failures),
      retries = r.retries + (tries ->> 'retries')::int,
      duplicates = r.duplicates + (tries ->> 'duplicates')::int,
      compensations = r.compensations + (tries ->> 'compensations')::int,
      failures = case
        when jsonb_array_length(r.failures) < 100 then r.failures || save_generation_progress.failures
        else r.failures
      end
  where r.id = save_generation_progress.run_id and r.status in ('queued', 'running')
  returning r.* into v_run;
  if v_run.status = 'completed' then
    perform app.assign_therapists(v_run.id);
  end if;
  return v_run;
end;
$$;
comment on function app.save_generation_progress is
  'Moves the checkpoint of a run; `tries` is {retries, duplicates, compensations}. A null row: it has ended meanwhile.';

-- sql/synthetic/stop_generation_runs.sql
-- Ends the runs whose users are about to be removed: else they would go on and make new ones. Definer, because nobody
-- may write runs; superadmins and the service key only.
create or replace function app.stop_generation_runs(run_id uuid)
returns int
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_stopped int;
begin
  perform app.require_platform();
  update public.generation_runs as r
  set status = 'failed', finished_at = now(),
      error = '{"code": "deleted", "detail": "The generated data was deleted while the run was under way."}'
  where r.status in ('queued', 'running')
    and (stop_generation_runs.run_id is null or r.id = stop_generation_runs.run_id);
  get diagnostics v_stopped = row_count;
  return v_stopped;
end;
$$;
comment on function app.stop_generation_runs is
  'Ends one run, or all that are under way, before their users are removed; tells how many. Problem 403 for others.';
grant execute on function app.stop_generation_runs to authenticated, service_role;
