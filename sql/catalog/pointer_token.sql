-- A key as a token of a JSON pointer (RFC 6901), bounded: it comes from the caller and goes back to them.
create or replace function app.pointer_token(key text)
returns text
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  return replace(replace(left(key, 100), '~', '~0'), '/', '~1');
end;
$$;

comment on function app.pointer_token is 'Escapes a key for a JSON pointer.';
