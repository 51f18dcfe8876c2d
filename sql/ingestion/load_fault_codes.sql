-- The codes of rows that could not be split into values: found while loading, so a load that starts over finds them
-- again.
create or replace function app.load_fault_codes()
returns text[]
language sql
immutable
parallel safe
set search_path = ''
as $$
  select array['ragged_row', 'bad_quoting', 'bad_encoding', 'nul_byte', 'row_too_long', 'invalid_raw',
    'still_superseded'];
$$;
comment on function app.load_fault_codes is
  'Error codes of the load step; the same list as in functions/_shared/ingest/split_records.ts.';
