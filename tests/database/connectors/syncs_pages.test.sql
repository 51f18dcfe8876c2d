-- One sync of a connector runs at a time; a page is stored, merged and passed on from in one transaction, once; what
-- does not end is ended; the state of the connector follows its job.
begin;
select plan(38);

select tests.create_member('ada', 'acme', 'vendor_admin');
select tests.create_member('olga', 'acme', 'vendor_operator');
select tests.create_member('vic', 'acme', 'vendor_viewer');

create temporary table kept (name text primary key, value uuid) on commit drop;
grant all on kept to public;
create function pg_temp.job() returns public.ingestion_jobs language sql stable security definer
as $$ select j from public.ingestion_jobs as j join pg_temp.kept as k on k.value = j.id where k.name = 'job' $$;
create function pg_temp.start(whole boolean default false) returns void language sql
as $$
  insert into pg_temp.kept
  select 'job', (public.sync_connector('erp', whole) ->> 'id')::uuid
  on conflict (name) do update set value = excluded.value
$$;
create function pg_temp.message() returns bigint language sql stable security definer
as $$ select max(q.msg_id) from pgmq.q_ingest as q where q.message ->> 'job_id' = (pg_temp.job()).id::text $$;
-- Saves a page of records with these names; `next` is what the source would be asked for then.
create function pg_temp.save(page_no int, names text[], next jsonb, extra jsonb default '{}') returns void language sql
as $$
  select app.save_sync_page((pg_temp.job()).id, pg_temp.message(), jsonb_build_object(
    'page_no', page_no, 'page_id', 'p' || page_no, 'payload', to_jsonb(names), 'records_hash', md5(names::text),
    'headers', '["sku", "title", "price"]'::jsonb, 'records', cardinality(names), 'bytes', 100, 'total', null,
    'next', coalesce(next, 'null'),
    'rows', coalesce((select jsonb_agg(jsonb_build_object(
      'row_no', ((pg_temp.job()).checkpoint ->> 'rows')::int + n.place,
      'cells', jsonb_build_array(nullif(split_part(n.name, '=', 1), ''), n.name, '1.50')
    )) from unnest(names) with ordinality as n (name, place)), '[]')
  ) || extra)
$$;
create function pg_temp.fault(statement text) returns text language plpgsql
as $$
begin
  execute statement;
  return null;
exception when others then
  declare
    v_detail text;
  begin
    get stacked diagnostics v_detail = pg_exception_detail;
    return concat_ws(' ', sqlstate, nullif(v_detail, ''));
  end;
end;
$$;
grant execute on all functions in schema pg_temp to public;

select tests.act_as('ada');
select public.put_connector('erp', '{"base_url": "https://erp.example/items", "rate_limit_rpm": 60,
  "paging": {"type": "cursor", "param": "c", "next_path": "next"},
  "increments": {"param": "since", "overlap_seconds": 60}, "mapping": {"title": {"field": "name"}}}');
select tests.act_as('vic');
select tests.refuses($$ select public.sync_connector('erp') $$, 403, 'insufficient-role', 'a viewer starts no sync');
select tests.act_as('olga');
select pg_temp.start();
select is(
  array[(pg_temp.job()).mode, (pg_temp.job()).status, (pg_temp.job()).step], '{api_sync,running,sync}', 'an operator does'
);
select is((pg_temp.job()).params ->> 'source', 'erp', 'the job says of what');
select is(public.get_connector('erp') #>> '{state,job_id}', (pg_temp.job()).id::text, 'the connector says by which job');
select tests.refuses($$ select public.sync_connector('erp') $$, 409, 'conflict', 'a second sync is refused while it runs');
select ok(
  tests.problem_of($$ select public.sync_connector('erp') $$) ->> 'detail' ~ (pg_temp.job()).id::text, 'naming the first'
);
select tests.reset_role();

-- The rate limit is the connector's, whoever asks.
select is(
  array(
    select (app.take_connector_slot(c, 10)).taken::text || round((app.take_connector_slot(c, 10)).wait_seconds)
    from public.connectors as c
  ), '{true1}', 'two requests of sixty a minute are a second apart'
);
select is((select (app.take_connector_slot(c, 0.5)).taken from public.connectors as c), false, 'who cannot wait takes none');
select is(
  app.begin_sync_page((pg_temp.job()).id, pg_temp.message(), 0.5), null, 'a step that would wait goes back to the queue'
);
select is(
  (select count(*) from pgmq.q_ingest as q where q.message ->> 'job_id' = (pg_temp.job()).id::text and q.vt > now()),
  1::bigint, 'for when it is due'
);
update public.connector_cursors set next_request_at = now();
select is(
  app.begin_sync_page((pg_temp.job()).id, pg_temp.message(), 0.5) #>> '{connector,base_url}', 'https://erp.example/items',
  'one whose moment has come gets the connector'
);

-- Pages.
select pg_temp.save(1, '{a,b,a2=}', '{"value": "two"}', '{"etag": "e1", "total": 6}');
select is(
  (pg_temp.job()).totals,
  '{"bytes": 100, "bytes_read": 100, "rows_read": 3, "rows_valid": 3, "rows_failed": 0, "inserted": 3, "updated": 0,
    "unchanged": 0}'::jsonb, 'a page is merged and counted'
);
select is((pg_temp.job()).progress_pct, 49.00, 'progress follows the source''s total');
select is(
  (select s.cursor from public.connector_cursors as s), '{"value": "two"}', 'the cursor is where the next page is'
);
select is((select r.payload from public.stg_vendor_raw as r), '["a", "b", "a2="]'::jsonb, 'the raw page is kept');
select is(
  (select array_agg(p.name order by p.name) from public.products as p where p.vendor_id = tests.vendor_id('acme')),
  '{a,a2=,b}', 'by the connector''s own mapping'
);
select is(
  (select array_agg(distinct s.source || ' ' || s.source_ref) from public.product_sources as s
    where s.ingestion_job_id = (pg_temp.job()).id),
  '{"api 1","api 2","api 3"}', 'as products that came from an API, by the record that brought each'
);
select is(
  pg_temp.fault($$ select pg_temp.save(1, '{a,b}', null) $$), 'OD010', 'the same page a second time is given up'
);
select is(
  pg_temp.fault($$ select pg_temp.save(2, '{a,b,a2=}', null) $$), 'OD030 repeated_page', 'equal records end the sync'
);
select is(
  pg_temp.fault($$ select pg_temp.save(2, '{x,y}', null, '{"page_id": "p1"}') $$), 'OD030 repeated_page',
  'so does an address asked for before'
);
select is(
  pg_temp.fault($$ select pg_temp.save(2, '{=1,=2,=3,=4,=5}', null) $$), 'OD030 schema_drift',
  'and a page on which nothing has an identity'
);
select is((pg_temp.job()).checkpoint ->> 'page', '1', 'of a page that ends in a fault nothing stays');
select pg_temp.save(2, '{c,=d}', null, '{"headers": ["sku", "title", "price", "brand"]}');
select results_eq(
  $$ select e.row_no, e.field, e.code, e.raw from public.ingestion_job_errors as e where e.job_id = (pg_temp.job()).id $$,
  $$ values (5::bigint, 'external_id', 'required',
    '{"sku": null, "title": "=d", "price": "1.50", "brand": null}'::jsonb) $$,
  'a record without identity is a row error with what it held'
);
select is((pg_temp.job()).step, 'finalize', 'after the last page the job is finalized');
select app.complete_job((pg_temp.job()).id, pg_temp.message());
select is(
  (pg_temp.job()).totals - '{bytes, bytes_read}'::text[],
  '{"rows_read": 5, "rows_valid": 4, "rows_failed": 1, "inserted": 4, "updated": 0, "unchanged": 0}'::jsonb,
  'the totals hold to the end'
);
select is(
  (select array[s.status, s.cursor] from public.connector_cursors as s), array['completed', null],
  'the connector hears of the end'
);
select is(
  (select s.synced_until from public.connector_cursors as s), (pg_temp.job()).started_at, 'and remembers its beginning'
);
select is(
  (select count(*) from app.outbox as o where o.event_type = 'job.completed' and o.data ->> 'job_id' = (pg_temp.job()).id::text),
  1::bigint, 'and so do the webhooks'
);

-- The next one.
select tests.act_as('olga');
select pg_temp.start();
select is(
  ((pg_temp.job()).params ->> 'updated_after')::timestamptz,
  (public.get_connector('erp') #>> '{state,synced_until}')::timestamptz - interval '1 minute',
  'the next sync asks for what changed, with an overlap'
);
select public.cancel_ingestion_job((pg_temp.job()).id);
select is(public.get_connector('erp') #>> '{state,status}', 'canceled', 'a sync can be canceled');
select pg_temp.start(whole => true);
select is((pg_temp.job()).params ->> 'updated_after', null, 'asked for, everything is fetched again');
select tests.reset_role();
select app.save_sync_page((pg_temp.job()).id, pg_temp.message(), '{"page_no": 1, "page_id": "q1", "payload": [],
  "records_hash": "q", "headers": ["sku", "title"], "records": 1, "bytes": 1, "total": null, "next": null,
  "rows": [{"row_no": 1, "cells": ["a", "A"]}]}');
select results_eq(
  $$ select e.row_no, e.field, e.code from public.ingestion_job_errors as e where e.job_id = (pg_temp.job()).id
    and e.field <> 'currency' order by e.field $$,
  $$ values (0::bigint, 'brand', 'schema_drift'), (0::bigint, 'price', 'schema_drift') $$,
  'a field that went missing is told'
);
select is(
  (select p.price from public.products as p where p.external_id = 'a' and p.vendor_id = tests.vendor_id('acme')), 1.50,
  'and what is stored stays'
);

-- Other ends.
select app.complete_job((pg_temp.job()).id, pg_temp.message());
select tests.act_as('ada');
select pg_temp.start();
select public.delete_connector('erp');
select is((pg_temp.job()).status, 'canceled', 'a removed connector''s sync is canceled');
select tests.reset_role();
select is((select count(*) from public.stg_vendor_raw), 3::bigint, 'raw pages stay');
update public.stg_vendor_raw set fetched_at = now() - interval '31 days' where page_id <> 'q1';
select is(app.purge_vendor_raw(1), 1, 'for 30 days; then they go, as many at a time as asked');
select is(app.purge_vendor_raw(10), 1, 'the others next');
select is((select array_agg(r.page_id) from public.stg_vendor_raw as r), '{q1}', 'and the young stay');

select * from finish();
rollback;
