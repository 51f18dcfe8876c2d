-- How many steps of one vendor may run at once: its own setting {"ingest": {"concurrency": 4}}, or else the platform's.
create or replace function app.vendor_ingest_concurrency(settings jsonb, platform_concurrency int)
returns int
language sql
immutable
parallel safe
set search_path = ''
as $$
  select case
    when pg_input_is_valid(settings #>> '{ingest,concurrency}', 'int')
      then greatest((settings #>> '{ingest,concurrency}')::int, 1)
    else platform_concurrency
  end;
$$;
comment on function app.vendor_ingest_concurrency is
  'Steps of a vendor that may run at once: settings.ingest.concurrency, or the platform''s number.';
