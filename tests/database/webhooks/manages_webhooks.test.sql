-- Admins make, change, rotate and remove endpoints; secrets are shown once and lie in Vault; others see nothing.
begin;
select plan(34);

select tests.create_member('ada', 'acme', 'vendor_admin');
select tests.create_member('olga', 'acme', 'vendor_operator');
select tests.create_member('bob', 'other', 'vendor_admin');

create function pg_temp.made() returns jsonb language sql stable
as $$ select current_setting('test.made')::jsonb $$;
create function pg_temp.made_id() returns uuid language sql stable as $$ select (pg_temp.made() ->> 'id')::uuid $$;
grant execute on function pg_temp.made, pg_temp.made_id to public;

select tests.act_as('ada');
select set_config(
  'test.made', public.create_webhook('https://a.example/x', '{job.failed, job.completed, job.failed}')::text, true
);
select is(
  pg_temp.made() - '{id, secret, created_at, updated_at}'::text[],
  '{"url": "https://a.example/x", "description": null, "events": ["job.completed", "job.failed"], "enabled": true,
    "previous_secret_expires_at": null, "disabled_reason": null, "disabled_at": null, "retries_max": 9,
    "tolerance_sec": 300, "ordered": false, "failing_since": null, "resume_at": null, "last_success_at": null}'::jsonb,
  'an admin makes an endpoint'
);
select matches(pg_temp.made() ->> 'secret', '^whsec_[A-Za-z0-9+/]{43}=$', 'its secret is shown');
select is(public.get_webhook(pg_temp.made_id()) ->> 'secret', null, 'once');
select is(jsonb_array_length(public.list_webhooks() -> 'data'), 1, 'it is in the list');
select is((select count(*)::int from public.webhook_endpoints), 1, 'and in the table');
select tests.refuses(
  $$ select public.create_webhook('ftp://x', '{}', retries_max => 99, tolerance_sec => 0) $$, 400, 'invalid-input',
  'what could not work is refused'
);
select is(
  (
    select array_agg(e ->> 'pointer' order by e ->> 'pointer')
    from jsonb_array_elements(
      tests.problem_of(
        $$ select public.create_webhook('https://u:p@x', '{job.completed, no.such, webhook.test}') $$
      ) -> 'errors'
    ) as e
  ),
  '{/events/1,/events/2,/url}', 'field by field: credentials in URLs, unknown events'
);
select is(
  public.update_webhook(pg_temp.made_id(), '{"ordered": true, "enabled": false, "description": "x"}')
    - '{id, created_at, updated_at, disabled_at}'::text[],
  pg_temp.made() - '{id, created_at, updated_at, disabled_at, secret}'::text[]
    || '{"ordered": true, "enabled": false, "description": "x", "disabled_reason": "asked"}',
  'it can be changed and switched off'
);
select tests.refuses(
  format('select public.test_webhook(%L)', pg_temp.made_id()), 409, 'conflict', 'a disabled one is not tested'
);
select tests.refuses(
  format($$ select public.update_webhook(%L, '{"secret_ref": null}') $$, pg_temp.made_id()), 400, 'invalid-input',
  'nothing else can be changed'
);
select tests.refuses(
  format($$ select public.update_webhook(%L, '{"retries_max": "many"}') $$, pg_temp.made_id()), 400, 'invalid-input',
  'nor with other types'
);
select is(public.update_webhook(pg_temp.made_id(), '{"enabled": true}') ->> 'disabled_reason', null, 'and on again');
select tests.refuses(
  format($$ select public.replay_webhook(%L, '2026-01-01', events => '{no.such}') $$, pg_temp.made_id()), 400,
  'invalid-input', 'events that there are not cannot be replayed'
);
select tests.refuses(
  format($$ select public.replay_webhook(%L, '2026-01-01', events => '{}') $$, pg_temp.made_id()), 400,
  'invalid-input', 'nor none of them'
);
select is(
  public.test_webhook(pg_temp.made_id()) - '{id, event_id, endpoint_id, created_at, next_attempt_at, payload}'::text[],
  '{"event_type": "webhook.test", "status": "pending", "attempt": 0, "attempts_total": 0, "attempts": [],
    "last_error": null, "last_status_code": null, "signature": null, "timestamp": null, "entity": null,
    "finished_at": null}'::jsonb,
  'a test waits to be sent'
);
select set_config('test.second', public.rotate_webhook_secret(pg_temp.made_id()) ->> 'secret', true);
select isnt(current_setting('test.second'), pg_temp.made() ->> 'secret', 'rotation gives another secret');
select tests.forbids('select from vault.decrypted_secrets', 'Vault is closed to admins');
select tests.forbids(
  $$ select app.webhook_secrets(e) from public.webhook_endpoints as e $$, 'and so is what reads it'
);
select tests.forbids(
  $$ select app.read_webhook_secrets(array[pg_temp.made_id()]) $$, 'for one or for many'
);
select tests.forbids($$ select app.claim_webhook_deliveries(1) $$, 'deliveries are claimed by the worker only');
select tests.forbids($$ update public.webhook_endpoints set enabled = false $$, 'the table is written by functions only');

select tests.reset_role();
select is(
  (select app.webhook_secrets(e) from public.webhook_endpoints as e),
  jsonb_build_array(current_setting('test.second'), pg_temp.made() ->> 'secret'), 'both sign, the new one first'
);
select tests.act_as('ada');
select set_config('test.third', public.rotate_webhook_secret(pg_temp.made_id(), 0) ->> 'secret', true);
select tests.reset_role();
select is(
  (select app.webhook_secrets(e) from public.webhook_endpoints as e),
  jsonb_build_array(current_setting('test.third')), 'without an overlap the new one alone'
);
select is(
  (select count(*)::int from vault.secrets where description = 'Signs the requests to a webhook endpoint.'), 1,
  'and the old ones have left Vault'
);

select tests.act_as('bob');
select tests.refuses(format('select public.get_webhook(%L)', pg_temp.made_id()), 404, 'not-found', 'another vendor''s');
select tests.refuses(
  format('select public.rotate_webhook_secret(%L)', pg_temp.made_id()), 404, 'not-found', 'does not exist'
);
select tests.refuses(
  format('select public.list_webhook_deliveries(%L)', pg_temp.made_id()), 404, 'not-found', 'in any way'
);
select is(public.list_webhooks() -> 'data', '[]', 'the list is the vendor''s own');
select is_empty('select from public.webhook_endpoints', 'and so is the table');
select is_empty('select from public.webhook_deliveries', 'and that of deliveries');
select tests.act_as('olga');
select tests.refuses('select public.list_webhooks()', 403, 'insufficient-role', 'operators have no part in it');
select tests.refuses(
  $$ select public.create_webhook('https://a.example', '{job.failed}') $$, 403, 'insufficient-role', 'at all'
);

select tests.act_as('ada');
select lives_ok(format('select public.delete_webhook(%L)', pg_temp.made_id()), 'an endpoint is removed');
select tests.reset_role();
select is(
  (
    select count(*)::int from vault.secrets where description = 'Signs the requests to a webhook endpoint.'
  ) + (select count(*)::int from public.webhook_deliveries),
  0, 'with its secret and deliveries'
);
select * from finish();
rollback;
