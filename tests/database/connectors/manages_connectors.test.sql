-- Admins configure connectors, operators see them; the secret lies in Vault, is never shown, and is never sent to a
-- server its giver has not seen; nothing of another vendor's can be reached.
begin;
select plan(45);

select tests.create_member('ada', 'acme', 'vendor_admin');
select tests.create_member('olga', 'acme', 'vendor_operator');
select tests.create_member('vic', 'acme', 'vendor_viewer');
select tests.create_member('bob', 'other', 'vendor_admin');

-- The secrets a vendor's connectors hold in Vault, read as the owner whoever asks.
create function pg_temp.secrets() returns text[] language sql stable security definer
as $$
  select array_agg(s.decrypted_secret order by s.decrypted_secret)
  from vault.decrypted_secrets as s where s.description = 'Identifies a connector to its source.'
$$;
create function pg_temp.pointers(config jsonb) returns text language sql
as $$
  select string_agg(e ->> 'pointer', ' ' order by e ->> 'pointer') from jsonb_array_elements(
    tests.problem_of(format('select public.put_connector(%L, %L)', 'x', config)) -> 'errors'
  ) as e
$$;
grant execute on all functions in schema pg_temp to public;

select tests.act_as('ada');
select is(
  public.put_connector('erp', '{
    "base_url": "https://erp.example/items", "auth": {"type": "api_key", "place": "header", "name": "X-Key", "key": "k1"},
    "paging": {"type": "cursor", "param": "c", "next_path": "meta.next"}, "record_path": "items",
    "mapping": {"no": {"field": "external_id"}}, "increments": {"param": "since"}
  }') - '{created_at, updated_at}'::text[],
  '{"source": "erp", "preset": null, "base_url": "https://erp.example/items",
    "auth": {"type": "api_key", "place": "header", "name": "X-Key"}, "has_secret": true, "rate_limit_rpm": 60,
    "paging": {"type": "cursor", "param": "c", "next_path": "meta.next"}, "record_path": "items", "explode": null,
    "unwrap": [], "mapping": {"no": {"field": "external_id"}}, "increments": {"param": "since"}, "max_pages": 10000,
    "enabled": true, "state": {"status": "idle", "job_id": null, "synced_at": null, "synced_until": null}}'::jsonb,
  'an admin makes a connector; its secret is not shown'
);
select is(pg_temp.secrets(), '{k1}', 'the secret is in Vault');
select is(public.get_connector('erp') - 'updated_at', (public.list_connectors() #> '{data,0}') - 'updated_at', 'it is in the list');
select is(public.get_connector('erp')::text ~ 'k1|secrets_ref', false, 'nobody is told the secret');
select ok(
  not exists (select from public.connectors as c where c::text ~ 'k1'), 'nor does the table hold it'
);
select tests.forbids('select * from vault.decrypted_secrets', 'nor can it be read from Vault');
select tests.forbids('select app.connector_secret(c) from public.connectors as c', 'nor with the worker''s function');
select tests.forbids('select * from public.stg_vendor_raw', 'raw pages are closed');
select tests.forbids('update public.connectors set enabled = false', 'the table is closed to writers');
select tests.forbids('delete from public.connector_cursors', 'and so are the cursors');

-- What a secret may be kept for.
select lives_ok(
  $$ select public.put_connector('erp', '{"base_url": "https://erp.example/v2/items", "rate_limit_rpm": 6,
    "auth": {"type": "api_key", "place": "query", "name": "key"}}') $$,
  'a change on the same server needs no secret'
);
select is(pg_temp.secrets(), '{k1}', 'the stored one stays');
select is(
  public.get_connector('erp') -> 'mapping', '{}'::jsonb, 'what is not given is as it was never given: PUT replaces'
);
select is(
  pg_temp.pointers('{"base_url": "https://a.example/", "auth": {"type": "bearer"}}'), '/auth/token', 'a secret is required'
);
select is(
  tests.problem_of($$ select public.put_connector('erp', '{"base_url": "https://evil.example/v2/items",
    "auth": {"type": "api_key", "place": "query", "name": "key"}}') $$) #>> '{errors,0,detail}',
  'must be given again, because it would be sent elsewhere than before', 'another server is never sent a stored secret'
);
select is(pg_temp.secrets(), '{k1}', 'a refused change leaves the secret alone');
select lives_ok(
  $$ select public.put_connector('erp', '{"base_url": "https://erp.example/items",
    "auth": {"type": "oauth2_client_credentials", "token_url": "https://id.example/token", "client_id": "me",
    "client_secret": "k2"}}') $$, 'another kind takes another secret'
);
select is(pg_temp.secrets(), '{k2}', 'which replaces the first');
select is(
  tests.problem_of($$ select public.put_connector('erp', '{"base_url": "https://erp.example/items",
    "auth": {"type": "oauth2_client_credentials", "token_url": "https://evil.example/token", "client_id": "me"}}') $$)
    ->> 'status', '400', 'nor another token server'
);

-- Presets.
select is(
  public.put_connector('off', '{"preset": "open_food_facts", "rate_limit_rpm": 5, "paging": {"type": "page", "size": 20}}')
    -> 'paging',
  '{"type": "page", "param": "page", "first": 1, "size_param": "page_size", "size": 20, "total_path": "count"}'::jsonb,
  'a preset fills in what is not given, member by member'
);
select is(
  pg_temp.pointers('{"preset": "shopify"}'), '/base_url', 'and leaves to the caller what only they know'
);
select is(
  public.put_connector('shop', '{"preset": "shopify", "base_url": "https://s.example/products.json",
    "auth": {"type": "api_key", "key": "s1"}, "mapping": {"variants.sku": {"field": "external_id"}}}')
    #>> '{mapping,variants.sku,field}',
  'external_id', 'a mapping is added to that of the preset'
);

-- What could not work.
select is(
  pg_temp.pointers('{"base_url": "ftp://x", "auth": {"type": "magic"}, "paging": {"type": "page"}, "rate_limit_rpm": 0,
    "record_path": "a..b", "explode": 5, "unwrap": "x", "increments": {}, "max_pages": 1e9, "enabled": "yes", "z": 1}'),
  '/auth/type /base_url /enabled /explode /increments /max_pages /paging/param /rate_limit_rpm /record_path /unwrap /z',
  'every fault is named'
);
select is(
  pg_temp.pointers('{"base_url": "https://u:p@x.example/", "auth": {"type": "api_key", "place": "header", "name": "Host",
    "key": "a\nb", "token": "x"}, "paging": "page"}'),
  '/auth/key /auth/name /auth/token /base_url /paging/type', 'headers of ours, line ends, members of other types'
);
select is(
  pg_temp.pointers('{"base_url": "https://x.example/", "auth": {"type": "api_key", "place": "header", "name": "X[k]",
    "key": "5 €"}}'),
  '/auth/key /auth/name', 'a header that could never be sent'
);
select is(
  pg_temp.pointers('{"base_url": "https://x.example/", "auth": {"type": "bearer", "token": "“quoted”"}}'),
  '/auth/token', 'nor a token with such characters'
);
select is(
  pg_temp.pointers('{"base_url": "https://x.example/", "auth": {"type": "basic", "username": "a:b", "password": "€"}}'),
  '/auth/username', 'a user name that the source would end at its colon; passwords are encoded'
);
select is(
  public.put_connector('query', '{"base_url": "https://x.example/", "auth": {"type": "api_key", "place": "query",
    "name": "q[key]", "key": "5 €"}}') -> 'has_secret',
  'true', 'a parameter of the address can be all of that'
);
select public.delete_connector('query');
select tests.refuses(
  $$ select public.put_connector('x', '{"base_url": "https://x.example/", "mapping": {"a": {"field": "colour"}}}') $$,
  400, 'invalid-input', 'a mapping to no field'
);
select tests.refuses($$ select public.put_connector('A/b', '{}') $$, 400, 'invalid-input', 'a source that is no word');
select tests.refuses($$ select public.put_connector('x', '[]') $$, 400, 'invalid-input', 'no object');
select tests.refuses($$ select public.put_connector('x', '{"preset": "x"}') $$, 400, 'invalid-input', 'an unknown preset');

-- Roles and other vendors.
select tests.act_as('olga');
select is(public.get_connector('off') ->> 'source', 'off', 'an operator reads');
select tests.refuses($$ select public.put_connector('off', '{}') $$, 403, 'insufficient-role', 'and does not configure');
select tests.refuses($$ select public.delete_connector('off') $$, 403, 'insufficient-role', 'nor remove');
select tests.refuses($$ select public.begin_connector_test('off') $$, 403, 'insufficient-role', 'nor test');
select tests.act_as('vic');
select tests.refuses($$ select public.list_connectors() $$, 403, 'insufficient-role', 'a viewer does not see them');
select is((select count(*) from public.connectors), 0::bigint, 'in the table neither');
select tests.act_as('bob');
select is(public.list_connectors() -> 'data', '[]'::jsonb, 'another vendor sees none');
select tests.refuses(
  $$ select public.sync_connector('off') $$, 404, 'not-found', 'and can sync none of them'
);
select is((select count(*) from public.connector_cursors), 0::bigint, 'nor see where they stand');
select tests.act_as_anon();
select tests.forbids('select public.list_connectors()', 'nobody without a token');

-- The record of it, and the end.
select tests.act_as('ada');
select public.delete_connector('erp');
select tests.reset_role();
select is(pg_temp.secrets(), '{s1}', 'a removed connector''s secret leaves Vault');
select results_eq(
  $$ select a.action, count(*)::int from public.audit_log as a where a.entity = 'connector' and a.entity_id = 'erp'
    group by a.action order by 1 $$,
  $$ values ('connector.added', 1), ('connector.removed', 1), ('connector.updated', 2) $$,
  'each change is in the audit log'
);
select ok(
  not exists (select from public.audit_log as a where concat(a.before, a.after) ~ '"k1"|"k2"'), 'without any secret'
);

select * from finish();
rollback;
