-- The backfill goes batch by batch, stops and resumes, is told apart from what jobs came with, and can be taken back.
begin;
select plan(26);

select tests.create_superadmin('root');
select tests.create_member('ada', 'acme', 'vendor_admin');
select tests.reset_role();
insert into public.jobs (owner_id, micro_id)
select tests.user_id('ada'), slug
from (select slug from public.micro_services order by slug limit 10) as s, generate_series(1, 10);
insert into public.jobs (owner_id, micro_id)
select tests.user_id('ada'), slug from unnest(array['wall-paintings', 'wall-paintings', 'zzz']) as slug;
insert into public.jobs (owner_id, micro_id, micro_uuid)
values (tests.user_id('ada'), 'repointing', app.micro_service_uuid('repointing'));

select tests.act_as('ada');
select tests.refuses('select * from public.migrate_job_uuids()', 403, 'insufficient-role', 'no member migrates');
select tests.refuses('select * from public.rollback_job_uuids()', 403, 'insufficient-role', 'or takes back');
select tests.refuses('select * from public.get_uuid_migration_stats()', 403, 'insufficient-role', 'or looks');
select tests.refuses('select * from public.report_orphaned_jobs()', 403, 'insufficient-role', 'at any of it');
select tests.act_as_anon();
select tests.forbids('select * from public.migrate_job_uuids()', 'nobody without a token does');

select tests.act_as('root');
select is((select completion_pct from public.get_uuid_migration_stats()), 0.99, 'one in 101 has its uuid');
select results_eq(
  'select total_jobs, jobs_with_uuid, jobs_without_uuid, migratable_jobs, orphaned_jobs, backfilled_jobs
   from public.get_uuid_migration_stats()',
  'values (104::bigint, 1::bigint, 103::bigint, 100::bigint, 3::bigint, 0::bigint)', 'the rest is counted'
);
select tests.refuses(
  format('select * from public.migrate_job_uuids(%s)', given), 400, 'invalid-input', 'no batch of ' || given
)
from unnest(array['0', '-1', 'null', '100001']) as given;
select results_eq(
  'select * from public.migrate_job_uuids(30)', 'values (30, 70::bigint, 3::bigint)', 'a batch is done'
);
select results_eq(
  'select * from public.migrate_job_uuids(30)', 'values (30, 40::bigint, 3::bigint)', 'the next goes on'
);
select results_eq(
  'select * from public.migrate_job_uuids()', 'values (40, 0::bigint, 3::bigint)', 'and the last ends it'
);
select results_eq(
  'select * from public.migrate_job_uuids()', 'values (0, 0::bigint, 3::bigint)', 'again changes nothing'
);
select is((select completion_pct from public.get_uuid_migration_stats()), 100.00, 'all that can be is done');
select results_eq(
  'select micro_id, jobs, similar_slug from public.report_orphaned_jobs()',
  $$ values ('wall-paintings', 2::bigint, 'wall-painting'), ('zzz', 1::bigint, null) $$,
  'orphans are told, with what they may mean'
);
select tests.reset_role();
select is_empty(
  'select from public.jobs where micro_uuid <> app.micro_service_uuid(micro_id)', 'each got the right one'
);
select results_eq(
  'select direction, sum(jobs_changed) from app.uuid_migration_runs group by direction',
  $$ values ('forward', 100::bigint) $$, 'the runs are on record'
);
select is(
  (select distinct requested_by from app.uuid_migration_runs), tests.user_id('root')::text, 'with who asked'
);

select tests.act_as_service();
select results_eq(
  'select * from public.rollback_job_uuids(60)', 'values (60, 40::bigint)', 'the service key takes a batch back'
);
select results_eq('select * from public.rollback_job_uuids()', 'values (40, 0::bigint)', 'and the rest');
select results_eq('select * from public.rollback_job_uuids()', 'values (0, 0::bigint)', 'again changes nothing');
select tests.reset_role();
select results_eq(
  'select micro_id from public.jobs where micro_uuid is not null', array['repointing'],
  'a job that came with its uuid keeps it'
);
select results_eq(
  'select * from public.migrate_job_uuids()', 'values (100, 0::bigint, 3::bigint)', 'after which it can be done again'
);
insert into public.micro_services (id, slug, name, category, subcategory)
values (app.micro_service_uuid('zzz'), 'zzz', 'Zzz', 'painting', 'interior');
select results_eq(
  'select * from public.migrate_job_uuids()', 'values (1, 0::bigint, 2::bigint)', 'a service that is added is found'
);

select * from finish();
rollback;
