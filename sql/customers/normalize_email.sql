-- An email address in the one spelling it is stored and compared in: trimmed, lower case. Null when it is none.
-- Stricter than RFC 5321 where nobody writes it (quoted local parts, address literals), and no further: only a message
-- proves one.
create or replace function app.normalize_email(value text)
returns text
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_email constant text := lower(btrim(value, E' \t\r\n\u00a0'));
begin
  -- Plain repetitions only: counted ones ({1,64}) make the expression ten times as slow.
  if length(v_email) <= 254
    and v_email ~ '^[^[:space:][:cntrl:]@"(),:;<>\[\]\\]+@[[:alnum:].-]+[.][[:alnum:]-]*[[:alnum:]]$'
    and v_email !~ '^[.]|[.][.]|[.]@|@[.-]|[.]-|-[.]'
    and strpos(v_email, '@') <= 65
  then
    return v_email;
  end if;
  return null;
end;
$$;

comment on function app.normalize_email is 'An email address trimmed and in lower case; null when it is none.';
