-- Scheme, host and port of a URL: whom a secret would be told to.
create or replace function app.url_origin(url text)
returns text
language sql
immutable
parallel safe
set search_path = ''
as $$
  select lower(substring(url_origin.url from '^https?://[^/?#]+'));
$$;
comment on function app.url_origin is 'The origin of a URL, in lower case.';
