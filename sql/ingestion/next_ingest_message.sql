-- Which step comes next. Between vendors: whose turn is longest ago, of those below their number of steps at once.
-- Within a vendor: the smaller file first, but the longer a step has waited the smaller its file counts, so that a
-- giant's turn comes too. Messages without a job come first, to be put away.
-- A step runs while its message is leased: read, and hidden for no longer than a lease. pgmq.read knows only the order
-- of arrival, hence the look at its table.
create or replace function app.next_ingest_message(lease_seconds int, platform_concurrency int)
returns bigint
language sql
volatile
set search_path = ''
as $$
  with message as materialized (
    select q.msg_id, q.vt, q.read_ct, j.vendor_id, (j.totals ->> 'bytes')::numeric as bytes
    from pgmq.q_ingest as q
    left join public.ingestion_jobs as j
      on j.id = case
        when pg_input_is_valid(q.message ->> 'job_id', 'uuid') then (q.message ->> 'job_id')::uuid
      end
  ),
  running as (
    select m.vendor_id, count(*) as steps
    from message as m
    where m.read_ct > 0 and m.vt > clock_timestamp()
      and m.vt <= clock_timestamp() + make_interval(secs => next_ingest_message.lease_seconds)
    group by m.vendor_id
  )
  select m.msg_id
  from message as m
  left join public.vendors as v on v.id = m.vendor_id
  left join running as r on r.vendor_id = m.vendor_id
  left join app.ingest_turns as t on t.vendor_id = m.vendor_id
  where m.vt <= clock_timestamp()
    and (
      m.vendor_id is null
      or coalesce(r.steps, 0)
        < app.vendor_ingest_concurrency(v.settings_json, next_ingest_message.platform_concurrency)
    )
  order by
    m.vendor_id is not null,
    t.taken_at nulls first,
    greatest(m.bytes, 1) / greatest(extract(epoch from clock_timestamp() - m.vt), 1),
    m.msg_id
  limit 1;
$$;
comment on function app.next_ingest_message is
  'The message of the step whose turn it is, fair between vendors and between files; null when none may run.';
