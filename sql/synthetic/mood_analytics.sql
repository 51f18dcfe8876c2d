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
