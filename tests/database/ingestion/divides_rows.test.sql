-- Batches hold every row of a file once, whatever its length; two lanes get the same share of them.
begin;
select plan(4);
select tests.create_vendor('acme');

create function pg_temp.batches(rows bigint) returns setof app.ingestion_batches language plpgsql as $$
declare
  v_job public.ingestion_jobs;
begin
  insert into public.ingestion_jobs (vendor_id, mode, super_id, status, step, mapping, checkpoint)
  values (tests.vendor_id('acme'), 'products', gen_random_uuid(), 'running', 'plan',
    app.compile_ingest_mapping(tests.vendor_id('acme'), 'products', '{sku,name}'), jsonb_build_object('rows', rows))
  returning * into v_job;
  perform app.create_staging(v_job.id, '{1,2}');
  perform app.plan_merge(v_job.id, 0);
  return query select b.* from app.ingestion_batches as b where b.job_id = v_job.id order by b.batch_no;
  perform app.drop_staging(v_job.id);
end;
$$;

create temporary table lengths as
select r.rows, b.batch_no, b.from_row, b.to_row, b.to_row - b.from_row + 1 as size, row_number() over w as place
from unnest(array[1, 2, 5000, 5001, 25000, 25001, 49999, 75000, 100000, 112743, 1000003]) as r (rows)
cross join lateral pg_temp.batches(r.rows) as b
window w as (partition by r.rows order by b.batch_no);

select is_empty(
  $$ select l.rows from lengths as l group by l.rows
     having min(l.from_row) <> 1 or max(l.to_row) <> l.rows or sum(l.size) <> l.rows $$,
  'from the first row to the last'
);
select is_empty(
  $$ select from lengths as l join lengths as n on n.rows = l.rows and n.place = l.place + 1 where n.from_row <> l.to_row + 1 $$,
  'each where the one before it ends'
);
select is_empty($$ select from lengths as l where l.size > 25000 $$, 'none larger than a step may take');
select is_empty(
  $$ select l.rows from lengths as l where l.rows > 5000 group by l.rows
     having abs(sum(l.size) filter (where l.place % 2 = 0) * 2 - l.rows) > 1 $$,
  'and every second of them makes half of the file: two lanes in turn end together'
);
select * from finish();
rollback;
