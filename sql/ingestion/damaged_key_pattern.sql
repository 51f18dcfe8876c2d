-- What a spreadsheet makes of long digits: 3.25E+12 stands for a billion codes, so it identifies nothing.
create or replace function app.damaged_key_pattern()
returns text
language sql
immutable
parallel safe
set search_path = ''
as $$
  select '^[0-9]([.,][0-9]+)?[eE][+][0-9]{1,2}$';
$$;
comment on function app.damaged_key_pattern is 'Pattern of an external_id that a spreadsheet rounded.';
