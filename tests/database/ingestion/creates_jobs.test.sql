-- A job comes with a recorded super_id, belongs to its vendor alone, and is made by operators.
begin;
select plan(15);
select tests.create_vendor('acme');
select tests.create_vendor('other');
select tests.create_member('olga', 'acme', 'vendor_operator');
select tests.create_member('vera', 'acme', 'vendor_viewer');
select tests.create_member('otto', 'other', 'vendor_admin');

select tests.act_as('olga');
select set_config('tests.job', public.create_ingestion_job('products', '{"filename": "a.csv"}')::text, true);
select is(current_setting('tests.job')::jsonb ->> 'status', 'queued', 'a new job waits for its upload');
select is(current_setting('tests.job')::jsonb -> 'params', '{"filename": "a.csv"}', 'it keeps what was asked for');
select is(current_setting('tests.job')::jsonb #>> '{totals,rows_read}', '0', 'its totals are all there, zero');
select tests.refuses(
  $$select public.create_ingestion_job('planets')$$, 400, 'invalid-input', 'files of what nobody knows are refused'
);
select tests.refuses(
  $$select public.create_ingestion_job('products', '{"mapping": {"a": {"field": "nonsense"}}}')$$,
  400, 'invalid-input', 'a mapping to an unknown field is refused before the upload'
);
select tests.reset_role();
select is(
  (select count(*) from public.generated_super_ids as s
    where s.super_id = (current_setting('tests.job')::jsonb ->> 'super_id')::uuid
      and s.metadata ->> 'job_id' = current_setting('tests.job')::jsonb ->> 'id'),
  1::bigint, 'the super_id is recorded with the job'
);

select tests.act_as('vera');
select tests.refuses($$select public.create_ingestion_job('products')$$, 403, 'insufficient-role', 'a viewer starts no job');
select is((public.get_ingestion_job((current_setting('tests.job')::jsonb ->> 'id')::uuid)) ->> 'status', 'queued', 'but reads it');
select is((select count(*) from public.ingestion_jobs), 1::bigint, 'as a row too');
select tests.refuses(
  format($$select public.cancel_ingestion_job(%L)$$, current_setting('tests.job')::jsonb ->> 'id'),
  403, 'insufficient-role', 'and does not cancel it'
);

select tests.act_as('otto');
select is((select count(*) from public.ingestion_jobs), 0::bigint, 'another vendor sees no job');
select tests.refuses(
  format($$select public.get_ingestion_job(%L)$$, current_setting('tests.job')::jsonb ->> 'id'), 404, 'not-found', 'nor reads it'
);
select tests.refuses(
  format($$select public.list_ingestion_errors(%L)$$, current_setting('tests.job')::jsonb ->> 'id'), 404, 'not-found', 'nor its errors'
);
select tests.refuses(
  format($$select public.cancel_ingestion_job(%L)$$, current_setting('tests.job')::jsonb ->> 'id'), 404, 'not-found', 'nor cancels it'
);
select tests.forbids($$insert into public.ingestion_jobs (vendor_id, mode, super_id) values (gen_random_uuid(), 'products', gen_random_uuid())$$,
  'nobody writes jobs directly');
select * from finish();
rollback;
