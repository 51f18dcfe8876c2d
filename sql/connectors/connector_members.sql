-- What `auth` and `paging` of a connector are made of, by their type: the one list that checking and the keeping of
-- secrets go by. A secret is taken, never shown.
create or replace function app.connector_members()
returns table (part text, type text, name text, kind text, is_required boolean)
language sql
immutable
parallel safe
set search_path = ''
as $$
  values
    ('auth', 'none', null, null, false),
    ('auth', 'api_key', 'place', 'place', true),
    ('auth', 'api_key', 'name', 'word', true),
    ('auth', 'api_key', 'key', 'secret', true),
    ('auth', 'bearer', 'token', 'secret', true),
    ('auth', 'basic', 'username', 'text', true),
    ('auth', 'basic', 'password', 'secret', true),
    ('auth', 'oauth2_client_credentials', 'token_url', 'url', true),
    ('auth', 'oauth2_client_credentials', 'client_id', 'text', true),
    ('auth', 'oauth2_client_credentials', 'client_secret', 'secret', true),
    ('auth', 'oauth2_client_credentials', 'scope', 'text', false),
    ('auth', 'oauth2_client_credentials', 'client_auth', 'client_auth', false),
    ('paging', 'none', null, null, false),
    ('paging', 'page', 'param', 'word', true),
    ('paging', 'page', 'first', 'first', false),
    ('paging', 'page', 'size_param', 'word', false),
    ('paging', 'page', 'size', 'size', false),
    ('paging', 'page', 'total_path', 'path', false),
    ('paging', 'offset', 'param', 'word', true),
    ('paging', 'offset', 'size_param', 'word', false),
    ('paging', 'offset', 'size', 'size', false),
    ('paging', 'offset', 'total_path', 'path', false),
    ('paging', 'cursor', 'param', 'word', false),
    ('paging', 'cursor', 'next_path', 'path', true),
    ('paging', 'cursor', 'size_param', 'word', false),
    ('paging', 'cursor', 'size', 'size', false),
    ('paging', 'link_header', 'size_param', 'word', false),
    ('paging', 'link_header', 'size', 'size', false);
$$;
comment on function app.connector_members is 'Members of a connector''s auth and paging, by type.';
