-- A date in ISO form (UTC) from seconds or milliseconds since 1970, as Open Food Facts writes last_modified_t.
create or replace function app.op_date_epoch(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  if value !~ '^\s*\d{9,10}(\d{3})?\s*$' then
    return value;
  end if;
  return to_char(
    timestamp '1970-01-01'
    + case when length(btrim(value)) > 10 then value::float8 / 1000 else value::float8 end * interval '1 second',
    'YYYY-MM-DD'
  );
end;
$$;

comment on function app.op_date_epoch(text) is 'A date in ISO form from seconds or milliseconds since 1970.';

grant execute on function app.op_date_epoch(text) to authenticated, service_role;
