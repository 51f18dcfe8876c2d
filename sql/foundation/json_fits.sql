-- Whether a json value, written without optional blanks, has at most so many bytes. Postgres writes a blank after
-- each colon and comma; those do not count against the sender.
create or replace function app.json_fits(value jsonb, max_bytes int)
returns boolean
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return octet_length(value::text) <= max_bytes
    or octet_length(regexp_replace(value::text, '("(?:[^"\\]|\\.)*")|\s', '\1', 'g')) <= max_bytes;
end;
$$;
comment on function app.json_fits is 'True when the compact form of the value has at most max_bytes bytes.';
grant execute on function app.json_fits to authenticated, service_role;
