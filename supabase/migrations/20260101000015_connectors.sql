-- Generated from sql/connectors/ by npm run migrations. Do not edit: change the sources and run it again.
-- Bodies are not checked here, because functions may call ones that a later file makes.
set check_function_bodies = off;
set lock_timeout = '10s';
set statement_timeout = '10min';

-- sql/connectors/connector_presets.sql
-- Ready configurations of well-known product APIs, as data: what PUT /v1/connectors/{source} fills in where the caller
-- says nothing. A connector keeps what it was made of, so a preset that changes later changes no connector.
create table app.connector_presets (
  name text not null,
  config jsonb not null,
  constraint connector_presets_pkey primary key (name),
  constraint name_is_a_word check (name ~ '^[a-z][a-z0-9_]{0,63}$'),
  constraint config_is_an_object check (jsonb_typeof(config) = 'object')
);
comment on table app.connector_presets is 'Ready configurations of connectors; see docs/connectors.md.';
comment on column app.connector_presets.name is 'What `preset` of a connector names.';
comment on column app.connector_presets.config is 'Members of a connector''s configuration, as the API takes them.';
alter table app.connector_presets enable row level security;
alter table app.connector_presets force row level security;

-- Both APIs name things as their documentation does. Open Food Facts asks for at most 10 searches a minute; its field
-- names are those of its files, which the header dictionary knows, once the nutrients stand beside the other fields.
-- Of Shopify's products every variant is a product here: it has the price and the barcode.
insert into app.connector_presets (name, config)
values
('open_food_facts', jsonb_build_object(
  'base_url', 'https://world.openfoodfacts.org/api/v2/search?fields='
  'code,product_name,generic_name,brands,categories,labels_tags,countries,quantity,serving_size,serving_quantity,'
  'nutrition_data_per,ingredients_text,allergens_tags,traces_tags,nutriments,image_url,url,last_modified_t'
) || $${
  "auth": {"type": "none"},
  "rate_limit_rpm": 10,
  "paging": {
    "type": "page", "param": "page", "first": 1, "size_param": "page_size", "size": 100, "total_path": "count"
  },
  "record_path": "products",
  "unwrap": ["nutriments"]
}$$::jsonb),
('shopify', $${
  "auth": {"type": "api_key", "place": "header", "name": "X-Shopify-Access-Token"},
  "rate_limit_rpm": 120,
  "paging": {"type": "link_header", "size_param": "limit", "size": 250},
  "record_path": "products",
  "explode": "variants",
  "mapping": {
    "variants.id": {"field": "external_id"},
    "variants.barcode": {"field": "barcode"},
    "variants.price": {"field": "price"},
    "variants.grams": {
      "field": "package_weight", "ops": [{"op": "null_if", "values": ["0"]}, {"op": "concat", "after": " g"}]
    },
    "title": {"field": "name"},
    "vendor": {"field": "brand"},
    "body_html": {"field": "description", "ops": ["strip_html", "decode_entities", "collapse_blanks"]},
    "product_type": {"field": "category"},
    "images.src": {"field": "image_url"},
    "status": {
      "field": "status", "ops": [{"op": "map", "values": {"draft": "inactive", "archived": "inactive"}}]
    },
    "id": null,
    "handle": null
  },
  "increments": {"param": "updated_at_min", "format": "rfc3339", "overlap_seconds": 300}
}$$)
on conflict on constraint connector_presets_pkey do update set config = excluded.config;

-- sql/connectors/delete_connector_secret.sql
-- A removed connector's secret leaves Vault with it. Definer, because Vault is closed to clients.
create or replace function app.delete_connector_secret()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  delete from vault.secrets as s where s.id = old.secrets_ref;
  return null;
end;
$$;
comment on function app.delete_connector_secret is 'After-row trigger: removes the secret of a removed connector.';

-- sql/connectors/connectors.sql
-- How one vendor's products are fetched from an API of somebody else's: where, with what key, in what pages, and what
-- its fields are called here. The secret lies in Vault.
create table public.connectors (
  id uuid not null default gen_random_uuid(),
  vendor_id uuid not null,
  source text not null,
  preset text,
  base_url text not null,
  auth_type text not null default 'none',
  auth jsonb not null default '{"type": "none"}',
  secrets_ref uuid,
  rate_limit_rpm int not null default 60,
  paging jsonb not null default '{"type": "none"}',
  record_path text not null default '',
  explode text,
  unwrap text[] not null default '{}',
  mapping jsonb not null default '{}',
  increments jsonb,
  max_pages int not null default 10000,
  enabled boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint connectors_pkey primary key (id),
  constraint a_vendors_connectors_have_sources_of_their_own unique (vendor_id, source),
  constraint vendor_exists foreign key (vendor_id) references public.vendors (id) on delete cascade,
  constraint source_is_a_word check (source ~ '^[a-z0-9][a-z0-9_-]{0,63}$'),
  constraint base_url_is_http check (base_url ~ '^https?://[^\s]+$' and length(base_url) <= 2000),
  constraint auth_type_is_that_of_auth check (auth_type = auth ->> 'type'),
  constraint rate_limit_is_sensible check (rate_limit_rpm between 1 and 6000),
  constraint max_pages_is_sensible check (max_pages between 1 and 100000)
);
comment on table public.connectors is
  'Connectors to product APIs. A vendor''s operators read them, its admins change them.';
comment on column public.connectors.id is 'Identifies the row.';
comment on column public.connectors.vendor_id is 'Whose catalogue it fills.';
comment on column public.connectors.source is 'The vendor''s own name for it, as in the path.';
comment on column public.connectors.preset is 'The preset it was made from; null without one.';
comment on column public.connectors.base_url is
  'Address of the first page, with the query parameters that never change.';
comment on column public.connectors.auth_type is
  'none, api_key, bearer, basic or oauth2_client_credentials; the same as in auth.';
comment on column public.connectors.auth is 'How requests identify themselves, without the secret.';
comment on column public.connectors.secrets_ref is 'The Vault secret: key, token, password or client secret.';
comment on column public.connectors.rate_limit_rpm is 'Requests a minute, at most.';
comment on column public.connectors.paging is
  'How the next page is asked for: none, page, offset, cursor or link_header.';
comment on column public.connectors.record_path is
  'Where in an answer the list of records is, as members with dots between; blank when the answer is the list.';
comment on column public.connectors.explode is
  'A list in each record whose elements become rows of their own, with the rest of the record repeated; or null.';
comment on column public.connectors.unwrap is 'Objects in each record whose members count as the record''s own.';
comment on column public.connectors.mapping is
  'Member (with dots between) to field, as a vendor''s mapping of files; goes before it and before the synonyms.';
comment on column public.connectors.increments is
  'How to ask for what changed since the last sync: {"param", "format", "overlap_seconds"}; null for everything.';
comment on column public.connectors.max_pages is 'A sync that would need more pages fails: it does not seem to end.';
comment on column public.connectors.enabled is 'false: no sync can be started.';
comment on column public.connectors.created_at is 'When it was made.';
comment on column public.connectors.updated_at is 'When it last changed.';

create trigger touch_updated_at_trigger
before update on public.connectors
for each row execute function app.touch_updated_at();

create trigger audit_change_trigger
after insert or update or delete on public.connectors
for each row execute function app.audit_change('connector', 'source');

create trigger delete_connector_secret_trigger
after delete on public.connectors
for each row execute function app.delete_connector_secret();

alter table public.connectors enable row level security;
alter table public.connectors force row level security;
create policy "operators read the connectors of their vendor" on public.connectors
for select to authenticated
using (vendor_id = (select app.current_vendor_id()) and (select app.has_role('vendor_operator')));
grant select on public.connectors to authenticated, service_role;

-- sql/connectors/app_begin_connector_test.sql
-- Notes that an admin tries a connector, and takes a moment of its rate limit for it. Definer, because the tables are
-- closed to writers.
create or replace function app.begin_connector_test(source text)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  most_seconds constant numeric := 5;
  v_connector constant public.connectors := app.find_connector(
    app.require_vendor('vendor_admin'), begin_connector_test.source
  );
  v_slot record := app.take_connector_slot(v_connector, most_seconds);
begin
  if not v_slot.taken then
    perform app.raise_problem(
      status => 409, type => 'conflict',
      detail => format(
        'The connector''s own rate limit of %s a minute leaves no request free for %s seconds.',
        v_connector.rate_limit_rpm, ceil(v_slot.wait_seconds)
      ),
      hint => 'Try again then, or cancel the sync that is running.'
    );
  end if;
  perform app.write_audit(action => 'connector.tested', entity => 'connector', entity_id => v_connector.source);
  return app.connector_json(v_connector) || jsonb_build_object(
    'id', v_connector.id, 'wait_seconds', v_slot.wait_seconds
  );
end;
$$;
comment on function app.begin_connector_test is 'Admits a test of a connector; problems 403, 404, 409.';
grant execute on function app.begin_connector_test to authenticated;

-- sql/connectors/app_delete_connector.sql
-- Removes a connector with its secret and its state, and cancels its sync; what was synced stays in the catalogue.
-- Definer, because the table is closed to writers.
create or replace function app.delete_connector(source text)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_connector public.connectors := app.find_connector(app.require_vendor('vendor_admin'), delete_connector.source);
  v_job_id uuid;
begin
  select j.id into v_job_id
  from public.connector_cursors as s
  join public.ingestion_jobs as j on j.id = s.job_id and j.finished_at is null
  where s.vendor_id = v_connector.vendor_id and s.source = v_connector.source;
  if v_job_id is not null then
    perform app.cancel_ingestion_job(v_job_id);
  end if;
  delete from public.connectors as c where c.id = v_connector.id;
end;
$$;
comment on function app.delete_connector is 'Removes a connector; problems 403, 404.';
grant execute on function app.delete_connector to authenticated;

-- sql/connectors/app_put_connector.sql
-- Makes a connector of the caller's vendor or replaces its configuration; a secret that is not given stays. Definer,
-- because Vault and the table are closed to writers.
create or replace function app.put_connector(source text, config jsonb)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  most_connectors constant int := 100;
  v_vendor_id constant uuid := app.require_vendor('vendor_admin');
  v_config jsonb;
  v_auth jsonb;
  v_old public.connectors;
  v_new public.connectors;
begin
  if coalesce(put_connector.source, '') !~ '^[a-z0-9][a-z0-9_-]{0,63}$' then
    perform app.refuse_field_errors(jsonb_build_array(
      app.field_error('/source', 'invalid_format', 'must be 1 to 64 of a-z, 0-9, - and _')
    ));
  end if;
  v_config := app.resolve_connector(put_connector.config);
  perform app.check_connector(v_config);
  perform pg_advisory_xact_lock(hashtextextended(format('connectors of %s', v_vendor_id), 0));
  select c.* into v_old from public.connectors as c
  where c.vendor_id = v_vendor_id and c.source = put_connector.source
  for no key update;
  if v_old.id is null
    and (select count(*) from public.connectors as c where c.vendor_id = v_vendor_id) >= most_connectors then
    perform app.raise_problem(
      status => 409, type => 'conflict', detail => format('A vendor has at most %s connectors.', most_connectors),
      hint => 'Delete one that is not used any more.'
    );
  end if;
  v_auth := (v_config -> 'auth') - array(
    select m.name from app.connector_members() as m where m.part = 'auth' and m.kind = 'secret'
  );
  v_new := jsonb_populate_record(
    v_old,
    jsonb_build_object(
      'id', coalesce(v_old.id, gen_random_uuid()), 'vendor_id', v_vendor_id, 'source', put_connector.source,
      'created_at', coalesce(v_old.created_at, now()), 'updated_at', now(),
      'preset', null, 'rate_limit_rpm', 60, 'record_path', '', 'explode', null, 'unwrap', '[]'::jsonb,
      'mapping', '{}'::jsonb, 'increments', null, 'max_pages', 10000, 'enabled', true
    ) || v_config || jsonb_build_object('auth', v_auth, 'auth_type', v_auth -> 'type')
  );
  v_new.explode := nullif(v_new.explode, '');
  v_new.secrets_ref := app.store_connector_secret(v_old, v_config);
  if v_old.id is null then
    insert into public.connectors select v_new.*;
    insert into public.connector_cursors (vendor_id, source) values (v_vendor_id, put_connector.source);
  else
    update public.connectors as c
    set preset = v_new.preset, base_url = v_new.base_url, auth_type = v_new.auth_type, auth = v_new.auth,
        secrets_ref = v_new.secrets_ref, rate_limit_rpm = v_new.rate_limit_rpm, paging = v_new.paging,
        record_path = v_new.record_path, explode = v_new.explode, unwrap = v_new.unwrap, mapping = v_new.mapping,
        increments = v_new.increments, max_pages = v_new.max_pages, enabled = v_new.enabled
    where c.id = v_old.id
    returning c.* into v_new;
    -- Another list has other increments.
    if v_new.base_url <> v_old.base_url then
      update public.connector_cursors as s set synced_until = null, fields = null
      where s.vendor_id = v_vendor_id and s.source = v_new.source;
    end if;
  end if;
  return app.connector_json(v_new);
end;
$$;
comment on function app.put_connector is 'Makes or replaces a connector; problems 400, 403, 409.';
grant execute on function app.put_connector to authenticated;

-- sql/connectors/app_sync_connector.sql
-- Starts a sync: a job whose first step is queued, one for a connector at a time. With `whole` everything is asked for,
-- also where the source can be asked for what changed. Definer, because members have no grant to write jobs.
create or replace function app.sync_connector(source text, whole boolean)
returns public.ingestion_jobs
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_operator');
  -- The lock makes of two that start at once a first and a second.
  v_connector constant public.connectors := app.find_connector(v_vendor_id, sync_connector.source);
  v_cursor public.connector_cursors;
  v_since timestamptz;
  v_job_id constant uuid := gen_random_uuid();
  v_job public.ingestion_jobs;
begin
  if not v_connector.enabled then
    perform app.raise_problem(
      status => 409, type => 'conflict', detail => 'The connector is switched off.', hint => 'Enable it first.'
    );
  end if;
  select s.* into v_cursor from public.connector_cursors as s
  where s.vendor_id = v_vendor_id and s.source = v_connector.source;
  if exists (select from public.ingestion_jobs as j where j.id = v_cursor.job_id and j.finished_at is null) then
    perform app.raise_problem(
      status => 409, type => 'conflict',
      detail => format('A sync of this connector is running: job %s.', v_cursor.job_id),
      hint => 'Follow that job, or cancel it.'
    );
  end if;
  if v_connector.increments is not null and not coalesce(sync_connector.whole, false) then
    v_since := v_cursor.synced_until
      - make_interval(secs => coalesce((v_connector.increments ->> 'overlap_seconds')::int, 0));
  end if;
  insert into public.ingestion_jobs (
    id, vendor_id, mode, status, step, started_at, params, checkpoint, super_id, created_by
  )
  values (
    v_job_id, v_vendor_id, 'api_sync', 'running', 'sync', clock_timestamp(),
    jsonb_build_object('source', v_connector.source, 'updated_after', v_since),
    jsonb_build_object(
      'page', 0, 'next', null, 'offset', 0, 'rows', 0, 'faulty', 0, 'records', 0, 'headers', '[]'::jsonb,
      'updated_after', v_since
    ),
    app.start_workflow(
      app.current_claims() ->> 'appwrite_user_id',
      jsonb_build_object('workflow', 'connector_sync', 'job_id', v_job_id, 'vendor_id', v_vendor_id)
    ),
    app.current_user_id()
  )
  returning * into strict v_job;
  update public.connector_cursors as s set status = 'running', job_id = v_job_id, cursor = null
  where s.id = v_cursor.id;
  perform app.send_ingest_step(v_job_id, 'sync');
  return v_job;
end;
$$;
comment on function app.sync_connector is 'Starts the sync of a connector; problems 403, 404, 409.';
grant execute on function app.sync_connector to authenticated;

-- sql/connectors/begin_connector_test.sql
-- The door to app.begin_connector_test, for the api, which then makes the request.
create or replace function public.begin_connector_test(source text)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select app.begin_connector_test(begin_connector_test.source);
$$;
comment on function public.begin_connector_test is
  'Admits one request to a connector''s source and audits it; the api makes the request. For admins.';
grant execute on function public.begin_connector_test to authenticated;

-- sql/connectors/begin_sync_page.sql
-- What the worker needs for the next page of a sync: the connector with its secret, and a moment of its rate limit.
-- Where that is far off, the step is queued anew for then and the answer is null: waiting is nobody's work.
create or replace function app.begin_sync_page(job_id uuid, message_id bigint, most_seconds numeric)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_job constant public.ingestion_jobs := app.lock_running_job(begin_sync_page.job_id, 'sync');
  v_connector public.connectors;
  v_slot record;
begin
  select c.* into v_connector from public.connectors as c
  where c.vendor_id = v_job.vendor_id and c.source = v_job.params ->> 'source';
  if v_connector.id is null then
    raise exception 'the connector is gone' using errcode = 'OD010';
  end if;
  v_slot := app.take_connector_slot(v_connector, begin_sync_page.most_seconds);
  if not v_slot.taken then
    perform app.send_ingest_step(v_job.id, 'sync', ceil(v_slot.wait_seconds)::int);
    perform pgmq.delete('ingest', begin_sync_page.message_id);
    return null;
  end if;
  return jsonb_build_object(
    'connector', to_jsonb(v_connector), 'secret', app.connector_secret(v_connector),
    'wait_seconds', v_slot.wait_seconds
  );
end;
$$;
comment on function app.begin_sync_page is 'Connector, secret and free moment for the next request of a sync.';

-- sql/connectors/check_connector.sql
-- Refuses a configuration that could not work, naming each place. Where host names lead is checked with each request,
-- since they can point elsewhere tomorrow.
create or replace function app.check_connector(config jsonb)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  v_errors jsonb;
begin
  select jsonb_agg(app.field_error(f.pointer, f.code, f.detail) order by f.pointer) into v_errors
  from (
    select '/' || c.key as pointer, 'unrecognized_keys' as code, 'is not a field of a connector' as detail
    from jsonb_object_keys(config) as c (key)
    where c.key not in (
      'preset', 'base_url', 'enabled', 'auth', 'rate_limit_rpm', 'paging', 'record_path', 'explode', 'unwrap',
      'mapping', 'increments', 'max_pages'
    )
    union all
    select '/base_url', 'invalid_format', app.connector_member_fault('url', coalesce(config -> 'base_url', 'null'))
    where app.connector_member_fault('url', coalesce(config -> 'base_url', 'null')) is not null
    union all
    select format('/%s/type', p.part), 'invalid_value', 'must be one of ' || (
      select string_agg(distinct m.type, ', ') from app.connector_members() as m where m.part = p.part
    )
    from unnest(array['auth', 'paging']) as p (part)
    where not exists (
      select from app.connector_members() as m where m.part = p.part and m.type = config -> p.part ->> 'type'
    )
    union all
    select format('/%s/%s', p.part, c.key), 'unrecognized_keys', 'does not belong to this type'
    from unnest(array['auth', 'paging']) as p (part)
    cross join lateral jsonb_object_keys(
      case jsonb_typeof(config -> p.part) when 'object' then config -> p.part else '{}' end
    ) as c (key)
    where c.key <> 'type' and not exists (
      select from app.connector_members() as m
      where m.part = p.part and m.type = config -> p.part ->> 'type' and m.name = c.key
    )
    union all
    select format('/%s/%s', m.part, m.name),
      case when config -> m.part ? m.name then 'invalid_value' else 'required' end,
      case when config -> m.part ? m.name then app.connector_member_fault(m.kind, config -> m.part -> m.name)
        else 'is required' end
    from app.connector_members() as m
    where m.type = config -> m.part ->> 'type'
      and case when config -> m.part ? m.name
        then app.connector_member_fault(m.kind, config -> m.part -> m.name) is not null
        else m.is_required and m.kind <> 'secret' end
    union all
    select '/auth/name', 'invalid_value', 'is a header that requests set themselves'
    where config -> 'auth' ->> 'place' = 'header'
      and lower(config -> 'auth' ->> 'name')
        ~ '^(host|connection|content-.*|transfer-encoding|accept-encoding|te|upgrade)$'
    union all
    select '/auth/name', 'invalid_value', 'must be a name that a header can have'
    where config -> 'auth' ->> 'place' = 'header' and config -> 'auth' ->> 'name' ~ '[][]'
    union all
    select '/auth/' || s.name, 'invalid_value', 'must have only characters that a header can hold'
    from (values ('bearer', 'token'), ('api_key', 'key')) as s (type, name)
    where s.type = config -> 'auth' ->> 'type'
      and coalesce(config -> 'auth' ->> 'place', 'header') = 'header'
      and config -> 'auth' ->> s.name ~ '[^\u0001-\u00ff]'
    union all
    select '/auth/username', 'invalid_value', 'must have no colon'
    where config -> 'auth' ->> 'type' = 'basic' and config -> 'auth' ->> 'username' like '%:%'
    union all
    select '/' || n.name, 'invalid_value', format('must be from 1 to %s', n.most)
    from (values ('rate_limit_rpm', 6000), ('max_pages', 100000)) as n (name, most)
    where config ? n.name and (
      jsonb_typeof(config -> n.name) <> 'number' or config ->> n.name !~ '^[0-9]{1,6}$'
      or (config ->> n.name)::int not between 1 and n.most
    )
    union all
    select '/' || n.name, 'invalid_value', app.connector_member_fault('path', config -> n.name)
    from unnest(array['record_path', 'explode']) as n (name)
    where config -> n.name <> '""' and app.connector_member_fault('path', config -> n.name) is not null
    union all
    select '/unwrap', 'invalid_value', 'must be a list of at most 20 members'
    where config ? 'unwrap' and (
      jsonb_typeof(config -> 'unwrap') <> 'array' or jsonb_array_length(config -> 'unwrap') > 20
      or config -> 'unwrap' @? '$[*] ? (@.type() != "string")'
    )
    union all
    select '/enabled', 'invalid_type', 'must be true or false'
    where config ? 'enabled' and jsonb_typeof(config -> 'enabled') <> 'boolean'
    union all
    select '/increments', 'invalid_value',
      'must be {"param", "format": "rfc3339", "unix" or "date", "overlap_seconds": 0 to 604800}'
    where config ? 'increments' and not coalesce(
      jsonb_typeof(config -> 'increments') = 'object'
      and (config -> 'increments') - '{param, format, overlap_seconds}'::text[] = '{}'
      and app.connector_member_fault('word', config -> 'increments' -> 'param') is null
      and config -> 'increments' ? 'param'
      and coalesce(config -> 'increments' ->> 'format', 'rfc3339') in ('rfc3339', 'unix', 'date')
      and coalesce(config -> 'increments' ->> 'overlap_seconds', '0') ~ '^[0-9]{1,6}$'
      and coalesce(config -> 'increments' ->> 'overlap_seconds', '0')::int <= 604800, false
    )
  ) as f;
  perform app.refuse_field_errors(coalesce(v_errors, '[]'));
  if config ? 'mapping' then
    perform app.validate_ingest_mapping('products', config -> 'mapping', '/mapping');
  end if;
end;
$$;
comment on function app.check_connector is 'Problem 400 naming the members of a configuration that are not valid.';

-- sql/connectors/compile_sync_mapping.sql
-- Which members of a source's records fill which fields, decided anew when a page brings members not met before; the
-- connector's own mapping goes first. A sync whose records nothing identifies ends with what it saw.
create or replace function app.compile_sync_mapping(job public.ingestion_jobs, headers text[])
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_mapping jsonb;
begin
  if (job).mapping is not null and jsonb_array_length((job).mapping -> 'columns') = cardinality(headers) then
    return (job).mapping;
  end if;
  v_mapping := app.compile_ingest_mapping((job).vendor_id, 'products', headers, (
    select c.mapping from public.connectors as c
    where c.vendor_id = (job).vendor_id and c.source = (job).params ->> 'source'
  ));
  if not v_mapping -> 'fields' ? 'external_id' then
    perform app.raise_sync_fault(
      'no_identity_column',
      format('No member of the records identifies them. They have: %s.', array_to_string(headers[:40], ', ')),
      'Map one of these members to external_id in `mapping` of the connector, then sync again.'
    );
  end if;
  return v_mapping;
end;
$$;
comment on function app.compile_sync_mapping is 'The mapping of a sync over all members its records had so far.';

-- sql/connectors/connector_cursors.sql
-- Where the syncs of a connector stand: the job that runs or ran last, the next page, and what the last whole sync
-- left for the next one. A row for each connector, made and removed with it.
create table public.connector_cursors (
  id uuid not null default gen_random_uuid(),
  vendor_id uuid not null,
  source text not null,
  cursor text,
  synced_at timestamptz,
  status text not null default 'idle',
  job_id uuid,
  synced_until timestamptz,
  fields text[],
  next_request_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint connector_cursors_pkey primary key (id),
  constraint a_connector_has_one_cursor unique (vendor_id, source),
  constraint connector_exists foreign key (vendor_id, source)
  references public.connectors (vendor_id, source) on delete cascade,
  constraint job_exists foreign key (job_id) references public.ingestion_jobs (id) on delete set null,
  constraint status_is_known check (status in ('idle', 'running', 'completed', 'failed', 'canceled'))
);
create index connector_cursors_job_id_idx on public.connector_cursors (job_id);
comment on table public.connector_cursors is 'State of the connectors'' syncs. A vendor''s operators read it.';
comment on column public.connector_cursors.id is 'Identifies the row.';
comment on column public.connector_cursors.vendor_id is 'The connector''s vendor.';
comment on column public.connector_cursors.source is 'The connector.';
comment on column public.connector_cursors.cursor is
  'What the next page is asked for with, as JSON; null when the last sync reached the end.';
comment on column public.connector_cursors.synced_at is 'When a sync was last completed.';
comment on column public.connector_cursors.status is 'idle before the first sync, then as the last sync''s job.';
comment on column public.connector_cursors.job_id is 'The job of the last sync; while it runs no other can start.';
comment on column public.connector_cursors.synced_until is
  'Beginning of the last completed sync: increments ask for what changed since.';
comment on column public.connector_cursors.fields is
  'The fields the source filled in the last whole sync; one that is missing in the next is told.';
comment on column public.connector_cursors.next_request_at is 'The rate limit''s next free moment.';
comment on column public.connector_cursors.updated_at is 'When it last changed.';

create trigger touch_updated_at_trigger
before update on public.connector_cursors
for each row execute function app.touch_updated_at();

alter table public.connector_cursors enable row level security;
alter table public.connector_cursors force row level security;
create policy "operators read the cursors of their vendor" on public.connector_cursors
for select to authenticated
using (vendor_id = (select app.current_vendor_id()) and (select app.has_role('vendor_operator')));
grant select on public.connector_cursors to authenticated, service_role;

-- sql/connectors/connector_json.sql
-- A connector as the API shows it, with where its syncs stand; never with its secret.
create or replace function app.connector_json(connector public.connectors)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select to_jsonb(connector) - '{id, vendor_id, auth_type, secrets_ref}'::text[] || jsonb_build_object(
    'has_secret', (connector).secrets_ref is not null,
    'state', (
      select jsonb_build_object(
        'status', s.status, 'job_id', s.job_id, 'synced_at', s.synced_at, 'synced_until', s.synced_until
      )
      from public.connector_cursors as s
      where s.vendor_id = (connector).vendor_id and s.source = (connector).source
    )
  );
$$;
comment on function app.connector_json is 'A connector and the state of its syncs, without its secret.';
grant execute on function app.connector_json to authenticated, service_role;

-- sql/connectors/connector_member_fault.sql
-- What is wrong with one member of a connector's auth or paging; null when nothing is.
create or replace function app.connector_member_fault(kind text, value jsonb)
returns text
language sql
stable
set search_path = ''
as $$
  select case kind
    when 'place' then case when value not in ('"header"', '"query"') then 'must be header or query' end
    when 'client_auth' then case when value not in ('"basic"', '"body"') then 'must be basic or body' end
    when 'word' then
      case when jsonb_typeof(value) <> 'string' or value #>> '{}' !~ '^[A-Za-z0-9_.\[\]$-]{1,100}$'
        then 'must be a name of 1 to 100 letters, digits and -_.[]$' end
    when 'path' then
      case when jsonb_typeof(value) <> 'string' or value #>> '{}' !~ '^[^\s.]+(\.[^\s.]+){0,9}$'
        or length(value #>> '{}') > 200
        then 'must be members with dots between' end
    when 'url' then
      case when jsonb_typeof(value) <> 'string' then 'must be a text'
        else app.outbound_url_fault(value #>> '{}') end
    when 'first' then case when value not in ('0', '1') then 'must be 0 or 1' end
    when 'size' then
      case when jsonb_typeof(value) <> 'number' or value::text !~ '^[0-9]{1,5}$'
        or value::text::int not between 1 and 10000
        then 'must be from 1 to 10000' end
    else
      case when jsonb_typeof(value) <> 'string' or value #>> '{}' ~ '[\u0001-\u001f\u007f]'
        or length(value #>> '{}') not between 1 and case kind when 'secret' then 4000 else 500 end
        then 'must be a text without control characters' end
  end;
$$;
comment on function app.connector_member_fault is
  'A sentence about a value that its kind does not allow; null for a good one.';

-- sql/connectors/connector_members.sql
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

-- sql/connectors/connector_secret.sql
-- The secret of a connector, for the functions that make its requests; never granted.
create or replace function app.connector_secret(connector public.connectors)
returns text
language sql
stable
set search_path = ''
as $$
  select s.decrypted_secret from vault.decrypted_secrets as s where s.id = (connector).secrets_ref;
$$;
comment on function app.connector_secret is 'Text of a connector''s secret; null for one without.';

-- sql/connectors/delete_connector.sql
-- The door to app.delete_connector.
create or replace function public.delete_connector(source text)
returns void
language sql
volatile
set search_path = ''
as $$
  select app.delete_connector(delete_connector.source);
$$;
comment on function public.delete_connector is
  'Removes a connector with its secret and cancels its sync; products stay. For admins.';
grant execute on function public.delete_connector to authenticated;

-- sql/connectors/find_connector.sql
-- A connector of a vendor by its source, locked against others who would change it; problem 404.
create or replace function app.find_connector(vendor_id uuid, source text)
returns public.connectors
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_connector public.connectors;
begin
  select c.* into v_connector from public.connectors as c
  where c.vendor_id = find_connector.vendor_id and c.source = find_connector.source
  for no key update;
  if v_connector.id is null then
    perform app.raise_problem(404, 'not-found', 'There is no such connector.');
  end if;
  return v_connector;
end;
$$;
comment on function app.find_connector is 'Locks a vendor''s connector, or raises problem 404.';

-- sql/connectors/get_connector.sql
-- One connector of the caller's vendor.
create or replace function public.get_connector(source text)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_operator');
  v_connector public.connectors;
begin
  select c.* into v_connector from public.connectors as c
  where c.vendor_id = v_vendor_id and c.source = get_connector.source;
  if v_connector.id is null then
    perform app.raise_problem(404, 'not-found', 'There is no such connector.');
  end if;
  return app.connector_json(v_connector);
end;
$$;
comment on function public.get_connector is 'A connector without its secret, and where its syncs stand. For operators.';
grant execute on function public.get_connector to authenticated;

-- sql/connectors/known_raw_page.sql
-- The last answer to the same request, if it can be asked whether it still holds: its validators, and the answer
-- itself for the case that it does.
create or replace function app.known_raw_page(vendor_id uuid, source text, page_id text)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'id', r.id, 'etag', r.etag, 'last_modified', r.last_modified, 'link', r.link, 'payload', r.payload
  )
  from public.stg_vendor_raw as r
  where r.vendor_id = known_raw_page.vendor_id
    and r.source = known_raw_page.source
    and r.page_id = known_raw_page.page_id
    and (r.etag is not null or r.last_modified is not null)
  order by r.fetched_at desc
  limit 1;
$$;
comment on function app.known_raw_page is 'The newest stored page of a request with its validators; null for none.';

-- sql/connectors/list_connectors.sql
-- The connectors of the caller's vendor, by source.
create or replace function public.list_connectors(cursor text default null, page_limit int default 50)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_operator');
  v_scope constant text := concat_ws('/', v_vendor_id, 'connectors');
  v_after constant jsonb := app.decode_cursor(v_scope, list_connectors.cursor);
  v_connectors public.connectors[];
begin
  perform app.check_page_limit(page_limit);
  select array_agg(page.c order by (page.c).source) into v_connectors
  from (
    select c
    from public.connectors as c
    where c.vendor_id = v_vendor_id and (v_after is null or c.source > v_after ->> 'source')
    order by c.source
    limit page_limit + 1
  ) as page;
  return jsonb_build_object(
    'data', coalesce((select jsonb_agg(app.connector_json(c)) from unnest(v_connectors[:page_limit]) as c), '[]'),
    'next_cursor', case when cardinality(v_connectors) > page_limit then app.encode_cursor(v_scope, jsonb_build_object(
      'source', v_connectors[page_limit].source
    )) end
  );
end;
$$;
comment on function public.list_connectors is
  'The vendor''s connectors by source, as {"data", "next_cursor"}. For operators.';
grant execute on function public.list_connectors to authenticated;

-- sql/connectors/merge_sync_page.sql
-- Brings the records of a page into the catalogue by the way of files: the same mapping, synonyms, operations and
-- merge. `page` holds "headers" (all that the sync has met so far) and "rows" ([{"row_no", "cells"}]). Answers the job
-- with its mapping and the counts of the page.
create or replace function app.merge_sync_page(job public.ingestion_jobs, page jsonb, mapping jsonb)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  least_rows constant int := 5;
  v_rows constant jsonb := page -> 'rows';
  v_count constant int := jsonb_array_length(page -> 'rows');
  v_from constant bigint := (page #>> '{rows,0,row_no}')::bigint;
  v_to constant bigint := v_from + v_count - 1;
  v_answer jsonb;
begin
  v_answer := app.merge_mapped_rows(
    'products', (job).vendor_id, (job).id, mapping, app.preview_source(mapping), v_from, v_to, v_rows
  );
  if v_count >= least_rows and v_count = (
    select count(*) from public.ingestion_job_errors as e
    where e.job_id = (job).id and e.row_no between v_from and v_to and e.field = 'external_id' and e.code = 'required'
  ) then
    perform app.raise_sync_fault(
      'schema_drift',
      format('None of the %s records of a page has a value that identifies it (%s).', v_count, (
        select string_agg(c ->> 'header', ', ') from jsonb_array_elements(mapping -> 'fields' -> 'external_id') as c
      )),
      'The source seems to have changed its fields. Run the connector''s test, then correct its `mapping`.'
    );
  end if;
  update public.ingestion_job_errors as e
  set raw = (
    select jsonb_object_agg(c ->> 'header', r.value -> 'cells' -> ((c ->> 'position')::int - 1))
    from jsonb_array_elements(mapping -> 'columns') as c
    where c -> 'targets' <> '[]'
  )
  from jsonb_array_elements(v_rows) as r
  where e.job_id = (job).id and e.raw is null and e.row_no between v_from and v_to
    and e.row_no = (r.value ->> 'row_no')::bigint;
  return jsonb_build_object(
    'from_row', v_from,
    'to_row', v_to,
    'valid', (v_answer ->> 'received')::bigint - (v_answer ->> 'failed')::bigint,
    'failed', v_answer -> 'failed',
    'inserted', v_answer -> 'inserted',
    'updated', v_answer -> 'updated',
    'unchanged', v_answer -> 'unchanged'
  );
end;
$$;
comment on function app.merge_sync_page is
  'Merges the records of a page into the catalogue and reports those that stay out.';

-- sql/connectors/note_sync_end.sql
-- However a sync ends (completed, failed, canceled), its connector hears of it in the same transaction.
create or replace function app.note_sync_end()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  update public.connector_cursors as s
  set status = new.status,
      synced_at = case when new.status = 'completed' then new.finished_at else s.synced_at end,
      synced_until = case when new.status = 'completed' then new.started_at else s.synced_until end
  where s.vendor_id = new.vendor_id and s.source = new.params ->> 'source' and s.job_id = new.id;
  return null;
end;
$$;
comment on function app.note_sync_end is
  'After-row trigger of ingestion_jobs: the state of the connector of an ended sync.';

create trigger note_sync_end_trigger
after update of status on public.ingestion_jobs
for each row
when (new.mode = 'api_sync' and old.finished_at is null and new.finished_at is not null)
execute function app.note_sync_end();

-- sql/connectors/purge_vendor_raw.sql
-- Removes raw pages past their retention, a batch at a time; a schedule calls it.
create or replace function app.purge_vendor_raw(
  most int, keep interval default interval '30 days', at timestamptz default now()
)
returns int
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_removed int;
begin
  delete from public.stg_vendor_raw as r
  where r.id in (
    select o.id from public.stg_vendor_raw as o
    where o.fetched_at < purge_vendor_raw.at - purge_vendor_raw.keep
    order by o.fetched_at
    limit purge_vendor_raw.most
    for update skip locked
  );
  get diagnostics v_removed = row_count;
  return v_removed;
end;
$$;
comment on function app.purge_vendor_raw is 'Removes at most so many expired raw pages; how many it were.';

-- sql/connectors/put_connector.sql
-- The door to app.put_connector.
create or replace function public.put_connector(source text, config jsonb)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select app.put_connector(put_connector.source, put_connector.config);
$$;
comment on function public.put_connector is
  'Makes a connector of the caller''s vendor or replaces its configuration; docs/connectors.md. For admins.';
grant execute on function public.put_connector to authenticated;

-- sql/connectors/raise_sync_fault.sql
-- Ends a sync from inside the transaction of a page: the worker fails the job with this code, detail and remedy, and
-- nothing of the page stays.
create or replace function app.raise_sync_fault(code text, detail text, remedy text)
returns void
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  raise exception '%', detail using errcode = 'OD030', detail = code, hint = remedy;
end;
$$;
comment on function app.raise_sync_fault is 'Raises OD030 with the code, detail and remedy of a job that cannot go on.';

-- sql/connectors/resolve_connector.sql
-- The configuration a caller means: the preset's, with what the caller gives in its place. Members of auth, paging and
-- mapping are replaced one by one, unless the caller chose another type; null takes a member away.
create or replace function app.resolve_connector(given jsonb)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_preset jsonb := '{}';
  v_config jsonb;
  v_part text;
begin
  if jsonb_typeof(given) is distinct from 'object' or not app.json_fits(given, 262144) then
    perform app.refuse_field_errors(
      jsonb_build_array(app.field_error('', 'invalid_type', 'must be an object of at most 256 KiB'))
    );
  end if;
  if given ->> 'preset' is not null then
    select p.config into v_preset from app.connector_presets as p where p.name = given ->> 'preset';
    if v_preset is null then
      perform app.refuse_field_errors(jsonb_build_array(
        app.field_error('/preset', 'invalid_value', 'must be one of ' || (
          select string_agg(p.name, ', ' order by p.name) from app.connector_presets as p
        ))
      ));
    end if;
  end if;
  v_config := '{"auth": {"type": "none"}, "paging": {"type": "none"}}' || v_preset || given;
  foreach v_part in array array['auth', 'paging', 'mapping'] loop
    if jsonb_typeof(v_preset -> v_part) = 'object' and jsonb_typeof(given -> v_part) = 'object'
      and coalesce(given -> v_part ->> 'type', v_preset -> v_part ->> 'type', '')
        = coalesce(v_preset -> v_part ->> 'type', '') then
      v_config := jsonb_set(v_config, array[v_part], (v_preset -> v_part) || (given -> v_part));
    end if;
  end loop;
  return (
    select coalesce(jsonb_object_agg(c.key, c.value), '{}') from jsonb_each(v_config) as c where c.value <> 'null'
  );
end;
$$;
comment on function app.resolve_connector is 'A given configuration completed by its preset.';

-- sql/connectors/save_sync_page.sql
-- Ends one page of a sync: the raw page, its products, the counts, the cursor and the message of the next page, all in
-- this one transaction. A worker that dies before it leaves the sync at the page; a second one on the same page gets
-- OD010. `page`: page_no, page_id, payload or known_id, etag, last_modified, link, records_hash, records (how many),
-- headers, rows, bytes, total (how many records there are in all, where the source says so), next (null at the end).
create or replace function app.save_sync_page(job_id uuid, message_id bigint, page jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_job public.ingestion_jobs := app.lock_running_job(save_sync_page.job_id, 'sync');
  v_page_no constant int := (v_job.checkpoint ->> 'page')::int + 1;
  v_rows constant bigint := (v_job.checkpoint ->> 'rows')::bigint + jsonb_array_length(page -> 'rows');
  v_records constant bigint := (v_job.checkpoint ->> 'records')::bigint + (page ->> 'records')::bigint;
  v_bytes constant bigint := (v_job.checkpoint ->> 'offset')::bigint + (page ->> 'bytes')::bigint;
  v_is_last constant boolean := page -> 'next' = 'null';
  v_mapping jsonb := v_job.mapping;
  v_counts jsonb := '{}';
begin
  if v_page_no <> (page ->> 'page_no')::int then
    raise exception 'page % is stored already', page ->> 'page_no' using errcode = 'OD010';
  end if;
  perform app.store_raw_page(v_job, page, v_page_no);
  if page -> 'rows' <> '[]' then
    v_mapping := app.compile_sync_mapping(v_job, array(select jsonb_array_elements_text(page -> 'headers')));
    v_counts := app.merge_sync_page(v_job, page, v_mapping);
    insert into app.ingestion_batches (job_id, batch_no, from_row, to_row, merged_at, counts)
    values (
      v_job.id, v_page_no, (v_counts ->> 'from_row')::bigint, (v_counts ->> 'to_row')::bigint, clock_timestamp(),
      v_counts - '{from_row, to_row}'::text[]
    );
  end if;
  update public.ingestion_jobs as j
  set mapping = v_mapping,
      checkpoint = j.checkpoint || jsonb_build_object(
        'page', v_page_no, 'next', page -> 'next', 'offset', v_bytes, 'rows', v_rows, 'records', v_records,
        'headers', page -> 'headers', 'records_hash', page -> 'records_hash'
      ),
      totals = j.totals || jsonb_build_object(
        'bytes', v_bytes,
        'bytes_read', v_bytes,
        'rows_read', v_rows,
        'rows_valid', (j.totals ->> 'rows_valid')::bigint + coalesce((v_counts ->> 'valid')::bigint, 0),
        'rows_failed', (j.totals ->> 'rows_failed')::bigint + coalesce((v_counts ->> 'failed')::bigint, 0),
        'inserted', (j.totals ->> 'inserted')::bigint + coalesce((v_counts ->> 'inserted')::bigint, 0),
        'updated', (j.totals ->> 'updated')::bigint + coalesce((v_counts ->> 'updated')::bigint, 0),
        'unchanged', (j.totals ->> 'unchanged')::bigint + coalesce((v_counts ->> 'unchanged')::bigint, 0)
      ),
      -- Where the source does not say how much there is, every page halves what seems to be left, ten pages long.
      progress_pct = greatest(j.progress_pct, least(98, round(
        98 * coalesce(v_records / nullif((page ->> 'total')::numeric, 0), v_page_no / (v_page_no + 10.0)), 2
      )))
  where j.id = v_job.id
  returning j.* into v_job;
  update public.connector_cursors as s set cursor = nullif(page -> 'next', 'null')::text
  where s.vendor_id = v_job.vendor_id and s.source = v_job.params ->> 'source';
  if not v_is_last then
    perform app.send_ingest_step(v_job.id, 'sync');
    perform pgmq.delete('ingest', save_sync_page.message_id);
    return;
  end if;
  if v_rows > 0 and v_job.params -> 'updated_after' = 'null' then
    perform app.tell_sync_drift(v_job, v_mapping);
  end if;
  perform app.advance_job(v_job.id, 'finalize', save_sync_page.message_id);
end;
$$;
comment on function app.save_sync_page is
  'Stores and merges a page of a sync and moves its cursor, or raises OD010 or OD030.';

-- sql/connectors/stg_vendor_raw.sql
-- Pages as the sources sent them, kept for 30 days: to explain where a value came from, and to answer for a page that
-- its source calls unchanged (304). A page is written in the transaction that merges its records.
create table public.stg_vendor_raw (
  id bigint generated always as identity,
  vendor_id uuid not null,
  source text not null,
  page_id text not null,
  payload jsonb not null,
  fetched_at timestamptz not null default now(),
  job_id uuid,
  page_no int not null,
  etag text,
  last_modified text,
  link text,
  constraint stg_vendor_raw_pkey primary key (id),
  constraint vendor_exists foreign key (vendor_id) references public.vendors (id) on delete cascade
);
create index stg_vendor_raw_page_idx on public.stg_vendor_raw (vendor_id, source, page_id, fetched_at desc);
create index stg_vendor_raw_fetched_at_idx on public.stg_vendor_raw (fetched_at);
comment on table public.stg_vendor_raw is 'Raw pages of connector syncs, for 30 days. No client can read them.';
comment on column public.stg_vendor_raw.id is 'Identifies the row.';
comment on column public.stg_vendor_raw.vendor_id is 'Whose connector fetched it.';
comment on column public.stg_vendor_raw.source is 'The connector.';
comment on column public.stg_vendor_raw.page_id is 'SHA-256 of the request''s address, without secrets.';
comment on column public.stg_vendor_raw.payload is 'The whole answer.';
comment on column public.stg_vendor_raw.fetched_at is 'When it was fetched, or last confirmed with 304.';
comment on column public.stg_vendor_raw.job_id is 'The sync that fetched or last confirmed it.';
comment on column public.stg_vendor_raw.page_no is 'Its place in that sync, from 1.';
comment on column public.stg_vendor_raw.etag is 'The answer''s ETag, for the next If-None-Match.';
comment on column public.stg_vendor_raw.last_modified is 'The answer''s Last-Modified, for the next If-Modified-Since.';
comment on column public.stg_vendor_raw.link is 'The answer''s Link header.';

alter table public.stg_vendor_raw enable row level security;
alter table public.stg_vendor_raw force row level security;
grant select on public.stg_vendor_raw to service_role;

-- sql/connectors/store_connector_secret.sql
-- The Vault reference that a new configuration goes with: of a new secret where one is given, of the present one where
-- none is given and it would be told to the same server as before, null where none is needed. Problem 400 where a
-- secret is missing: a stored one is never sent to an address that its giver has not seen it go to.
create or replace function app.store_connector_secret(old public.connectors, config jsonb)
returns uuid
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_name text;
  v_given text;
  v_is_kept boolean;
begin
  select m.name into v_name from app.connector_members() as m
  where m.part = 'auth' and m.kind = 'secret' and m.type = config -> 'auth' ->> 'type';
  v_given := config -> 'auth' ->> v_name;
  v_is_kept := v_name is not null and v_given is null and (old).secrets_ref is not null
    and (old).auth_type = config -> 'auth' ->> 'type'
    and app.url_origin((old).base_url) = app.url_origin(config ->> 'base_url')
    and app.url_origin((old).auth ->> 'token_url')
      is not distinct from app.url_origin(config -> 'auth' ->> 'token_url');
  if v_is_kept then
    return (old).secrets_ref;
  end if;
  if v_name is not null and v_given is null then
    perform app.refuse_field_errors(jsonb_build_array(app.field_error('/auth/' || v_name, 'required',
      case when (old).secrets_ref is null then 'is required'
        else 'must be given again, because it would be sent elsewhere than before' end)));
  end if;
  delete from vault.secrets as s where s.id = (old).secrets_ref;
  return case when v_name is not null then
    vault.create_secret(v_given, null, 'Identifies a connector to its source.')
  end;
end;
$$;
comment on function app.store_connector_secret is 'Stores, keeps or drops the secret of a connector; its reference.';

-- sql/connectors/store_raw_page.sql
-- Keeps a page of a sync as it came; one that its source confirmed stays and counts as fetched now. A page that this
-- sync had before means that the source goes in circles.
create or replace function app.store_raw_page(job public.ingestion_jobs, page jsonb, page_no int)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
begin
  if exists (
    select from public.stg_vendor_raw as r
    where r.vendor_id = (job).vendor_id and r.source = (job).params ->> 'source'
      and r.page_id = page ->> 'page_id' and r.job_id = (job).id
  ) or page ->> 'records_hash' = (job).checkpoint ->> 'records_hash' then
    perform app.raise_sync_fault(
      'repeated_page',
      format('The source sent the same page again as page %s; it would never end.', page_no),
      'Check `paging` of the connector: the parameter may have another name, so that the source ignores it.'
    );
  end if;
  if page ->> 'known_id' is not null then
    update public.stg_vendor_raw as r
    set fetched_at = clock_timestamp(), job_id = (job).id, page_no = store_raw_page.page_no
    where r.id = (page ->> 'known_id')::bigint;
    return;
  end if;
  insert into public.stg_vendor_raw (
    vendor_id, source, page_id, payload, job_id, page_no, etag, last_modified, link
  )
  values (
    (job).vendor_id, (job).params ->> 'source', page ->> 'page_id', page -> 'payload', (job).id,
    store_raw_page.page_no, page ->> 'etag', page ->> 'last_modified', page ->> 'link'
  );
end;
$$;
comment on function app.store_raw_page is 'Stores or confirms a raw page; ends the sync when it came before.';

-- sql/connectors/sync_connector.sql
-- The door to app.sync_connector.
create or replace function public.sync_connector(source text, whole boolean default false)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select app.ingestion_job_json(j) from app.sync_connector(sync_connector.source, sync_connector.whole) as j;
$$;
comment on function public.sync_connector is
  'Starts a job that fetches a connector''s products; 409 while one is running. For operators.';
grant execute on function public.sync_connector to authenticated;

-- sql/connectors/take_connector_slot.sql
-- The rate limit of a connector, which syncs and tests of any worker share: takes the next free moment for a request
-- and answers in how many seconds it is. Where that is more than `most_seconds` nothing is taken.
create or replace function app.take_connector_slot(
  connector public.connectors, most_seconds numeric, out wait_seconds numeric, out taken boolean
)
returns record
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_free timestamptz;
begin
  select greatest(s.next_request_at, clock_timestamp()) into v_free
  from public.connector_cursors as s
  where s.vendor_id = (connector).vendor_id and s.source = (connector).source
  for no key update;
  wait_seconds := greatest(extract(epoch from v_free - clock_timestamp()), 0);
  taken := wait_seconds <= most_seconds;
  if taken then
    update public.connector_cursors as s
    set next_request_at = v_free + interval '1 minute' / (connector).rate_limit_rpm
    where s.vendor_id = (connector).vendor_id and s.source = (connector).source;
  end if;
end;
$$;
comment on function app.take_connector_slot is 'Takes the next moment that the rate limit leaves free, if it is near.';

-- sql/connectors/tell_sync_drift.sql
-- At the end of a whole sync: a field that the last whole sync filled and this one has no member for is told as an
-- error of row 0, since its stored values stay and grow old. Nutrients come and go with the products.
create or replace function app.tell_sync_drift(job public.ingestion_jobs, mapping jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_fields constant text[] := array(
    select f.key from jsonb_object_keys(mapping -> 'fields') as f (key) where f.key !~ '^nutrition' order by 1
  );
begin
  insert into public.ingestion_job_errors (job_id, row_no, field, code, message)
  select (job).id, 0, f.field, 'schema_drift',
    'The source sent no value for this field any more; the stored ones stay. Check the connector''s mapping.'
  from public.connector_cursors as s
  cross join lateral unnest(s.fields) as f (field)
  where s.vendor_id = (job).vendor_id and s.source = (job).params ->> 'source' and f.field <> all (v_fields);
  update public.connector_cursors as s set fields = v_fields
  where s.vendor_id = (job).vendor_id and s.source = (job).params ->> 'source';
end;
$$;
comment on function app.tell_sync_drift is 'Notes the fields of a whole sync and reports those that went missing.';

-- sql/connectors/url_origin.sql
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
