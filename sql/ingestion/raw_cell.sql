-- A cell as the errors of its row keep it: whole, or its beginning and a mark where it is longer than people correct by
-- hand. The mark is the same as in functions/_shared/ingest/split_records.ts.
create or replace function app.raw_cell(cell text)
returns text
language sql
immutable
parallel safe
set search_path = ''
as $$
  select case
    when length(raw_cell.cell) > 10000 then left(raw_cell.cell, 10000) || ' … (shortened)'
    else raw_cell.cell
  end;
$$;
comment on function app.raw_cell is 'A cell as row errors keep it, shortened where it is very long.';
