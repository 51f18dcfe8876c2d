-- Moods by day of real patients: what a dashboard reads. Synthetic ones are asked for with analyze_moods(true).
create view public.mood_analytics
with (security_invoker = true)
as
select a.day, a.patients, a.check_ins, a.mood_mean, a.mood_stddev, a.low_moods
from public.analyze_moods() as a;
comment on view public.mood_analytics is 'Moods by day of the real patients the caller may read.';
grant select on public.mood_analytics to authenticated, service_role;
