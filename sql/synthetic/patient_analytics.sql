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
