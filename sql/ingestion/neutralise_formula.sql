-- Keeps spreadsheets from running a cell: text that starts like a formula gets an apostrophe in front.
create or replace function app.neutralise_formula(value text)
returns text
language sql
immutable
parallel safe
set search_path = ''
as $$
  select case when left(value, 1) in ('=', '+', '-', '@', e'\t', e'\r') then '''' || value else value end;
$$;
comment on function app.neutralise_formula is 'A cell that no spreadsheet takes for a formula.';
