-- The fault of an answer that must be a date.
create or replace function app.date_fault(answer jsonb)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  if jsonb_typeof(answer) = 'string'
    and answer #>> '{}' ~ '^\d{4}-\d\d-\d\d$'
    and pg_input_is_valid(answer #>> '{}', 'date')
  then
    return null;
  end if;
  return jsonb '{"code": "invalid_format", "detail": "must be a date such as 2026-01-31"}';
end;
$$;
comment on function app.date_fault is 'Fault of an answer to a date question; null for none.';
