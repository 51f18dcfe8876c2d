-- A row as errors.csv shows it: JSON with the job it comes from, so that the file can be corrected and sent again. What
-- a spreadsheet could take for a formula (= + - @ at the start of a value, or behind a separator that some spreadsheets
-- split cells at) is written as a JSON escape: reading the JSON gives the exact text back. Plain numbers stay.
create or replace function app.errors_csv_raw(job_id uuid, raw jsonb)
returns text
language sql
immutable
set search_path = ''
as $$
  select regexp_replace(regexp_replace(regexp_replace(regexp_replace(
    (errors_csv_raw.raw || jsonb_build_object('#job_id', errors_csv_raw.job_id))::text,
    '(["\;|]\s*)=', '\1\\u003d', 'g'), '(["\;|]\s*)@', '\1\\u0040', 'g'),
    '(["\;|]\s*)\+(?![0-9]+([.,][0-9]+)?")', '\1\\u002b', 'g'),
    '(["\;|]\s*)-(?![0-9]+([.,][0-9]+)?")', '\1\\u002d', 'g');
$$;
comment on function app.errors_csv_raw is 'raw of a row error as errors.csv has it; null stays null.';
