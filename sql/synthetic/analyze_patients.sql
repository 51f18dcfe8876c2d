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
