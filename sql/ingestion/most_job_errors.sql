-- How many row errors of a job are kept, so that a file of nothing but bad rows costs no more than that. The others are
-- counted, and errors.csv says how many they are.
create or replace function app.most_job_errors()
returns int
language sql
immutable
parallel safe
set search_path = ''
as $$
  select 50000;
$$;
comment on function app.most_job_errors is
  'Errors kept of one job; the same number as in functions/worker/steps/piece_loader.ts.';
