-- A list filtered by a word that is none of those there are is refused over rpc() as over HTTP: empty, it would look as
-- if there were nothing.
begin;
select plan(13);

select tests.create_vendor('acme');
select tests.create_member('ann', 'acme', 'vendor_admin');
select tests.create_superadmin('sue');

select tests.act_as('ann');
select tests.refuses(format('select public.%s', l.call), 400, 'invalid-input', l.call)
from unnest(array[
  $$ list_ingestion_jobs(status => 'zz') $$,
  $$ list_ingestion_jobs(mode => 'zz') $$,
  $$ list_members(role => 'superadmin') $$,
  $$ list_members(status => 'Active') $$,
  $$ list_jobs(status => '') $$,
  $$ list_synonyms('headers', mode => 'zz') $$,
  $$ list_synonyms('values', domain => 'zz') $$,
  $$ search_products(status => 'zz') $$,
  $$ search_products(sort => 'zz') $$
]) as l (call);
select is(
  tests.problem_of($$ select public.list_ingestion_jobs(status => 'zz') $$) #> '{errors,0}',
  '{"pointer": "/status", "code": "invalid_value", "detail": "must be one of queued, running, failed, completed, canceled"}',
  'the field and its words are named'
);
select tests.act_as('sue');
select tests.refuses(format('select public.%s', l.call), 400, 'invalid-input', l.call)
from unnest(array[
  $$ list_alerts(status => 'zz') $$,
  $$ list_alerts(severity => 'zz') $$,
  $$ list_vendors(status => 'zz') $$
]) as l (call);

select * from finish();
rollback;
