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
