-- How many rows an answer holds, for the log line of a request.
create or replace function app.result_rows(result jsonb)
returns int
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  return case
    when jsonb_typeof(result -> 'data') = 'array' then jsonb_array_length(result -> 'data')
    else (result is not null)::int
  end;
end;
$$;
comment on function app.result_rows is 'Rows in `data` of a list, else 1, or 0 for null.';
grant execute on function app.result_rows to authenticated, service_role;
