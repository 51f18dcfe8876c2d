-- Makes a table append-only: a statement trigger for update, delete and truncate, which binds the owner too.
create or replace function app.refuse_change()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform app.raise_problem(
    status => 409,
    type => 'append-only',
    detail => format('Rows of %I are a record: they are neither changed nor removed.', tg_table_name),
    hint => 'Add a new row instead.'
  );
  return null;
end;
$$;
comment on function app.refuse_change is
  'Statement trigger of append-only tables: refuses update, delete and truncate.';
