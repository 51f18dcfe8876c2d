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
