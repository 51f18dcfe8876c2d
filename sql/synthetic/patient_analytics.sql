-- Each real patient's course in one row.
create view public.patient_analytics
with (security_invoker = true)
as
select
  p.id as patient_id,
  count(c.id) as check_ins,
  min(c.checked_in_at) as first_at,
  max(c.checked_in_at) as last_at,
  round(avg(c.mood), 2) as mood_mean,
  round(stddev_samp(c.mood), 2) as mood_stddev,
  round((regr_slope(c.mood, extract(epoch from c.checked_in_at) / 86400))::numeric, 4) as mood_trend_per_day
from public.profiles as p
join public.check_ins as c on c.patient_id = p.id
where not p.is_test_patient
group by p.id;
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
