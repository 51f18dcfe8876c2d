-- Generated from sql/foundation/ by npm run migrations. Do not edit: change the sources and run it again.
-- Bodies are not checked here, because functions may call ones that a later file makes.
set check_function_bodies = off;
set lock_timeout = '10s';
set statement_timeout = '10min';

-- sql/foundation/extensions.sql
-- What the platform offers and Odyssey uses. A hosted project has uuid-ossp and pgcrypto already;
-- pgmq brings a schema of its own.
create schema if not exists extensions;
create extension if not exists "uuid-ossp" with schema extensions;
create extension if not exists pgcrypto with schema extensions;
create extension if not exists pg_trgm with schema extensions;
create extension if not exists unaccent with schema extensions;
create extension if not exists fuzzystrmatch with schema extensions;
create extension if not exists btree_gin with schema extensions;
create extension if not exists pgmq;

-- sql/foundation/schemas.sql
-- Our schemas and what is open in them by default: nothing, to nobody. Every grant stands under what it opens.
-- The revokes repeat what new hosted projects do, so that an older project behaves the same.
-- Revoking execute from public works only globally: a revoke per schema has no effect in Postgres.
create schema if not exists app;
comment on schema app is 'Internals: never exposed over HTTP; its functions are granted one by one.';
create schema if not exists partitions;
comment on schema partitions is 'The partitions of each vendor. Reached through their parents in public only.';

alter default privileges revoke execute on functions from public;
alter default privileges in schema public revoke all on tables from anon, authenticated, service_role;
alter default privileges in schema public revoke all on sequences from anon, authenticated, service_role;
alter default privileges in schema public revoke all on functions from anon, authenticated, service_role;

grant usage on schema app to authenticated, service_role;

-- sql/foundation/base64url.sql
-- Bytes as text that may stand in a URL: base64 with - and _, without padding and line ends (RFC 4648, section 5).
create or replace function app.base64url(value bytea)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return translate(encode(value, 'base64'), E'+/=\n', '-_');
end;
$$;
comment on function app.base64url is 'Encodes bytes as base64url without padding.';

-- sql/foundation/check_choice.sql
-- Refuses a word that is none of those there are, as the HTTP layer does: a list filtered by one would be empty, and
-- look as if there were nothing. Null means "not given" and passes.
create or replace function app.check_choice(field text, given text, choices text[])
returns void
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_detail text;
begin
  if given <> all (choices) then
    v_detail := 'must be one of ' || array_to_string(choices, ', ');
    perform app.raise_problem(
      status => 400,
      type => 'invalid-input',
      detail => format('/%s %s.', field, v_detail),
      errors => jsonb_build_array(
        jsonb_build_object('pointer', '/' || field, 'code', 'invalid_value', 'detail', v_detail)
      )
    );
  end if;
end;
$$;
comment on function app.check_choice is 'Problem 400 for a word that is none of the choices; null passes.';
grant execute on function app.check_choice to authenticated, service_role;

-- sql/foundation/current_app_role.sql
-- The caller's role in the product, not the database role.
create or replace function app.current_app_role()
returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  return app.current_claims() ->> 'app_role';
end;
$$;
comment on function app.current_app_role is
  'vendor_viewer, vendor_operator, vendor_admin, superadmin, client, or null.';
grant execute on function app.current_app_role to authenticated, service_role;

-- sql/foundation/current_claims.sql
-- Who is asking, as PostgREST and app.enter_request say it: request.jwt.claims. An empty object when nobody said.
-- plpgsql, here and in its neighbours: its plan is kept for the session, that of a SQL function is not.
create or replace function app.current_claims()
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return coalesce(nullif(current_setting('request.jwt.claims', true), '')::jsonb, '{}');
end;
$$;
comment on function app.current_claims is 'The claims of this request; {} outside a request.';
grant execute on function app.current_claims to authenticated, service_role;

-- sql/foundation/current_user_id.sql
-- The caller's users.id. Null for service clients, whose subject need not be a uuid.
create or replace function app.current_user_id()
returns uuid
language plpgsql
stable
set search_path = ''
as $$
declare
  v_subject text := app.current_claims() ->> 'sub';
begin
  if pg_input_is_valid(v_subject, 'uuid') then
    return v_subject::uuid;
  end if;
  return null;
end;
$$;
comment on function app.current_user_id is 'users.id of the caller, or null.';
grant execute on function app.current_user_id to authenticated, service_role;

-- sql/foundation/current_vendor_id.sql
-- The vendor this request is about. Null for a superadmin outside a break-glass session, and for service clients.
create or replace function app.current_vendor_id()
returns uuid
language plpgsql
stable
set search_path = ''
as $$
begin
  return nullif(app.current_claims() ->> 'vendor_id', '')::uuid;
end;
$$;
comment on function app.current_vendor_id is 'vendors.id this request is scoped to, or null.';
grant execute on function app.current_vendor_id to authenticated, service_role;

-- sql/foundation/cursor_key.sql
-- The key that signs cursors: 32 random bytes in Vault, made once for each database and never shown.
do $$
begin
  if not exists (select from vault.secrets where name = 'odyssey_cursor_key') then
    perform vault.create_secret(
      encode(extensions.gen_random_bytes(32), 'hex'),
      'odyssey_cursor_key',
      'Signs the cursors of lists; a new one only makes open cursors invalid.'
    );
  end if;
end;
$$;

-- sql/foundation/cursor_mac.sql
-- HMAC-SHA256 of a cursor's payload and scope. Not granted: only encode_cursor and decode_cursor, which are definers.
create or replace function app.cursor_mac(scope text, payload text)
returns bytea
language plpgsql
stable
set search_path = ''
as $$
declare
  v_key bytea;
begin
  select decode(s.decrypted_secret, 'hex') into strict v_key
  from vault.decrypted_secrets as s
  where s.name = 'odyssey_cursor_key';
  -- The payload is base64url, so the line end parts the two without doubt.
  return extensions.hmac(convert_to(payload || E'\n' || scope, 'utf8'), v_key, 'sha256');
end;
$$;
comment on function app.cursor_mac is 'The signature of a cursor within its scope.';

-- sql/foundation/decode_cursor.sql
-- The keys in a cursor, when it is whole and was made for this very scope; otherwise problem 400 invalid-cursor.
-- Definer, because the key lies in Vault. Nothing is decoded before the signature is known to be ours.
create or replace function app.decode_cursor(scope text, cursor text)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_parts text[] := string_to_array(decode_cursor.cursor, '.');
begin
  if decode_cursor.cursor is null then
    return null;
  end if;
  if length(decode_cursor.cursor) <= 4096
    and cardinality(v_parts) = 2
    and sha256(convert_to(v_parts[2], 'utf8'))
      = sha256(convert_to(app.base64url(app.cursor_mac(scope, v_parts[1])), 'utf8'))
  then
    return convert_from(app.from_base64url(v_parts[1]), 'utf8')::jsonb;
  end if;
  perform app.raise_problem(
    status => 400,
    type => 'invalid-cursor',
    detail => 'The cursor is damaged or belongs to another list.',
    errors => '[{"pointer": "/cursor", "code": "invalid", "detail": "Not a cursor of this list and these filters."}]',
    hint => 'Send next_cursor as it was received, with the same filters, or begin without a cursor.'
  );
end;
$$;
comment on function app.decode_cursor is
  'The keys signed by encode_cursor for the same scope; null for null, else problem 400.';
grant execute on function app.decode_cursor to authenticated, service_role;

-- sql/foundation/encode_cursor.sql
-- An opaque place in a list: the keys of the last row, signed for one scope (vendor, endpoint, filters).
-- Definer, because the key lies in Vault; it tells the caller nothing but a signature of their own place.
create or replace function app.encode_cursor(scope text, keys jsonb)
returns text
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_payload text;
begin
  if keys is null then
    return null;
  end if;
  v_payload := app.base64url(convert_to(keys::text, 'utf8'));
  return v_payload || '.' || app.base64url(app.cursor_mac(scope, v_payload));
end;
$$;
comment on function app.encode_cursor is
  'Signs the keys of the last row of a page for one scope; null keys give a null cursor.';
grant execute on function app.encode_cursor to authenticated, service_role;

-- sql/foundation/fingerprint.sql
-- A short name for a set of filters, to bind a cursor to them: equal objects give equal names, in whatever order
-- their keys come.
create or replace function app.fingerprint(value jsonb)
returns text
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  return encode(sha256(convert_to(coalesce(value, 'null')::text, 'utf8')), 'hex');
end;
$$;
comment on function app.fingerprint is 'SHA-256 of a json value in Postgres'' own canonical form, as hex.';
grant execute on function app.fingerprint to authenticated, service_role;

-- sql/foundation/fold_text.sql
-- One spelling of a word for comparing: no accents, lower case, single blanks. Immutable, since it names its
-- dictionary; so it may stand in indexes. The blanks listed are those that \s does not know in every locale.
create or replace function app.fold_text(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  -- Plain words between single blanks, nearly every value there is.
  if value !~ '[^ -~]|  |^ | $' then
    return lower(value);
  end if;
  return btrim(
    regexp_replace(
      lower(extensions.unaccent('extensions.unaccent'::regdictionary, value)),
      '[\s\u00a0\u200b\u202f\u3000\ufeff]+', ' ', 'g'
    )
  );
end;
$$;
comment on function app.fold_text is
  'Lower case, without accents, blanks collapsed: "  Crème  Brûlée" becomes "creme brulee".';
grant execute on function app.fold_text to authenticated, service_role;

-- sql/foundation/from_base64url.sql
-- The bytes behind base64url text; the counterpart of app.base64url.
create or replace function app.from_base64url(value text)
returns bytea
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return decode(translate(value, '-_', '+/') || repeat('=', (4 - length(value) % 4) % 4), 'base64');
end;
$$;
comment on function app.from_base64url is 'Decodes base64url without padding; fails on anything else.';

-- sql/foundation/is_public_address.sql
-- Whether an address is somebody's public server: plain unicast, and of IPv6 nothing that holds or reaches an IPv4
-- address (Teredo, 6to4, ISATAP). The same answer as addressKind() of functions/_shared/outbound, by other means.
create or replace function app.is_public_address(address inet)
returns boolean
language sql
immutable
parallel safe
set search_path = ''
as $$
  select case family(address)
    when 4 then not address <<= any (
      '{
        0.0.0.0/8, 10.0.0.0/8, 100.64.0.0/10, 127.0.0.0/8, 168.63.129.16/32, 169.254.0.0/16, 172.16.0.0/12,
        192.0.0.0/24, 192.0.2.0/24, 192.31.196.0/24, 192.52.193.0/24, 192.88.99.0/24, 192.168.0.0/16,
        192.175.48.0/24, 198.18.0.0/15, 198.51.100.0/24, 203.0.113.0/24, 224.0.0.0/3
      }'::inet[]
    )
    else address <<= '2000::/3'
      and not address <<= any ('{2001::/23, 2001:db8::/32, 2002::/16, 2620:4f:8000::/48, 3fff::/20}'::inet[])
      and address & '::fdff:ffff:0:0' <> '::5efe:0:0'
  end;
$$;
comment on function app.is_public_address is 'True for addresses of the public internet.';

-- sql/foundation/is_service.sql
-- Whether the platform itself asks: the service key, or our own functions and commands connected as the owner.
-- Reads the setting `role`, which a definer function does not change and a caller cannot set at will.
create or replace function app.is_service()
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return coalesce(nullif(current_setting('role', true), 'none'), session_user)
    in ('service_role', 'postgres', 'supabase_admin');
end;
$$;
comment on function app.is_service is 'True for the service key and for the owner of the database; false for people.';
grant execute on function app.is_service to authenticated, service_role;

-- sql/foundation/json_fits.sql
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

-- sql/foundation/outbound_url_fault.sql
-- What is wrong with a URL that we are to send requests to; null when nothing is. Says at once what the sender would
-- refuse: another scheme, credentials, a host that is no public name or address. Whatever ends in a number is an
-- address, and only its plain notation is taken. Where a name leads is checked each time something is sent, and the
-- ports are the sender's setting. On a server for development (app.outbound_local) http and this machine are good too.
create or replace function app.outbound_url_fault(url text)
returns text
language plpgsql
stable
set search_path = ''
as $$
declare
  v_is_local constant boolean := coalesce(current_setting('app.outbound_local', true), '') = 'true';
  v_parts constant text[] := regexp_match(
    outbound_url_fault.url,
    '^(https?)://(?:\[([0-9a-fA-F:.]+)\]|([a-zA-Z0-9_-]+(?:\.[a-zA-Z0-9_-]+)*)\.?)(?::[0-9]{1,5})?(?:[/?#]\S*)?$'
  );
  v_host constant text := coalesce(v_parts[2], v_parts[3]);
  v_is_address constant boolean := v_parts[2] is not null or v_host ~ '(^|\.)([0-9]+|0[xX][0-9a-fA-F]*)$';
begin
  if outbound_url_fault.url is null then
    return null;
  elsif v_parts is null or length(outbound_url_fault.url) > 2000 then
    return 'must be an https URL with a host in ASCII, without user name and password';
  elsif v_parts[1] = 'http' and not v_is_local then
    return 'must be an https URL';
  elsif v_is_address then
    if v_parts[2] is null and v_host !~ '^((0|[1-9][0-9]{0,2})\.){3}(0|[1-9][0-9]{0,2})$'
      or not pg_input_is_valid(v_host, 'inet')
      or not app.is_public_address(v_host::inet)
      and not (v_is_local and v_host::inet <<= any ('{127.0.0.0/8, ::1/128}'::inet[]))
    then
      return 'leads to an address that is not public';
    end if;
  elsif not v_is_local and v_host !~ '\.[^.]*[a-zA-Z][^.]*$' then
    return 'must name a public host';
  end if;
  return null;
end;
$$;
comment on function app.outbound_url_fault is
  'A sentence about a URL that requests may not be sent to; null for a good one.';

-- sql/foundation/raise_problem.sql
-- The one way to refuse a caller: SQLSTATE PT<status> (PostgREST answers with that status), the detail as message,
-- {"type", "errors"} as DETAIL and the remedy as HINT. The HTTP layer turns it into problem+json.
create or replace function app.raise_problem(
  status int,
  type text,
  detail text,
  errors jsonb default null,
  hint text default null
)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  raise exception using
    errcode = 'PT' || raise_problem.status,
    message = raise_problem.detail,
    detail = jsonb_build_object('type', raise_problem.type, 'errors', coalesce(raise_problem.errors, '[]'))::text,
    hint = coalesce(raise_problem.hint, '');
end;
$$;
comment on function app.raise_problem is
  'Ends the statement with a problem: HTTP status, slug of its type, sentence, field errors and remedy.';
grant execute on function app.raise_problem to authenticated, service_role;

-- sql/foundation/refuse_change.sql
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

-- sql/foundation/slugify.sql
-- A code from a label. Null when nothing of it is left, so that a not-null column refuses it.
create or replace function app.slugify(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return nullif(btrim(regexp_replace(app.fold_text(value), '[^a-z0-9]+', '_', 'g'), '_'), '');
end;
$$;
comment on function app.slugify is 'A snake_case code: "Sans gluten (certifié)" becomes "sans_gluten_certifie".';
grant execute on function app.slugify to authenticated, service_role;

-- sql/foundation/touch_updated_at.sql
-- Keeps updated_at honest: it moves when anything else in the row did, and only then.
create or replace function app.touch_updated_at()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  new.updated_at := old.updated_at;
  if new is distinct from old then
    new.updated_at := now();
  end if;
  return new;
end;
$$;
comment on function app.touch_updated_at is 'Before-update trigger: sets updated_at when the row changed.';
