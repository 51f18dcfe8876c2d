-- One key signs at a time, whoever makes the first; its private half stays in Vault.
begin;
select plan(9);

delete from app.signing_keys;
select is_empty('select * from app.current_signing_key()', 'before the first there is no key');
select is(app.published_signing_keys(), '{"keys": []}'::jsonb, 'and none is published');

select is(
  (select current_kid from app.claim_signing_key('test-a', '{"kid": "test-a", "kty": "EC"}', '{"d": "a"}')),
  'test-a',
  'the first key offered becomes the signing key'
);
select is(
  (select current_kid || current_private_jwk from app.claim_signing_key('test-b', '{"kid": "test-b"}', '{"d": "b"}')),
  'test-a{"d": "a"}',
  'a second offer gets the winner, private half included'
);
select is((select count(*)::int from app.signing_keys), 1, 'and leaves nothing behind');
select isnt_empty(
  $$ select from vault.secrets where name = 'odyssey_signing_key_test-a' and secret not like '%"d"%' $$,
  'the private half is kept encrypted in Vault'
);
select is(
  app.published_signing_keys(), '{"keys": [{"kid": "test-a", "kty": "EC"}]}'::jsonb, 'only the public half is published'
);
select throws_ok(
  $$ insert into app.signing_keys (kid, public_jwk, secret_id) values ('test-c', '{"d": "secret"}', gen_random_uuid()) $$,
  '23514', null, 'a public key that holds the private part is refused'
);

update app.signing_keys set created_at = now() - interval '3 hours', retired_at = now() - interval '2 hours';
select is(app.published_signing_keys(), '{"keys": []}'::jsonb, 'a key is withdrawn an hour after it retired');

select * from finish();
rollback;
