-- Takes blanks of every kind off both ends, no-break and zero-width ones included.
create or replace function app.op_trim(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return regexp_replace(value, '^[\s\u00a0\u200b\u202f\u3000\ufeff]+|[\s\u00a0\u200b\u202f\u3000\ufeff]+$', '', 'g');
end;
$$;

comment on function app.op_trim(text) is 'Takes blanks off both ends.';

grant execute on function app.op_trim(text) to authenticated, service_role;
