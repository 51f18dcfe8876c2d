-- Generated from sql/ingestion/ by npm run migrations. Do not edit: change the sources and run it again.
-- Bodies are not checked here, because functions may call ones that a later file makes.
set check_function_bodies = off;
set lock_timeout = '10s';
set statement_timeout = '10min';

-- sql/ingestion/empty_ingestion_totals.sql
-- The totals of a job that has not read anything yet; every key is always there.
create or replace function app.empty_ingestion_totals()
returns jsonb
language sql
immutable
parallel safe
set search_path = ''
as $$
  select jsonb_build_object(
    'bytes', 0, 'bytes_read', 0, 'rows_read', 0, 'rows_valid', 0, 'rows_failed', 0,
    'inserted', 0, 'updated', 0, 'unchanged', 0
  );
$$;
comment on function app.empty_ingestion_totals is 'All totals of an ingestion job, zero.';

-- sql/ingestion/ingestion_jobs.sql
-- One file (or one connector sync) on its way into the catalogue: what the caller asked for, where the pipeline stands,
-- and what came of it. `step` and `checkpoint` are the worker's; everything a client sees goes through
-- get_ingestion_job.
create table if not exists public.ingestion_jobs (
  id uuid not null default gen_random_uuid(),
  vendor_id uuid not null,
  mode text not null,
  status text not null default 'queued',
  progress_pct numeric(5, 2) not null default 0,
  totals jsonb not null default app.empty_ingestion_totals(),
  error_url text,
  started_at timestamptz,
  finished_at timestamptz,
  attempt int not null default 0,
  params jsonb not null default '{}',
  super_id uuid not null,
  step text not null default 'upload',
  checkpoint jsonb not null default '{}',
  dialect jsonb,
  mapping jsonb,
  error jsonb,
  created_by uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint ingestion_jobs_pkey primary key (id),
  constraint vendor_exists foreign key (vendor_id) references public.vendors (id) on delete cascade,
  constraint mode_is_known check (mode in ('products', 'customers', 'api_sync')),
  constraint status_is_valid check (status in ('queued', 'running', 'failed', 'completed', 'canceled')),
  constraint step_is_known check (
    step in ('upload', 'detect', 'load', 'plan', 'merge', 'sync', 'finalize', 'done')
  ),
  constraint progress_is_a_percentage check (progress_pct between 0 and 100),
  constraint an_ended_job_says_when check ((status in ('failed', 'completed', 'canceled')) = (finished_at is not null)),
  constraint a_failed_job_says_why check (status <> 'failed' or error is not null)
);
create index if not exists ingestion_jobs_vendor_id_created_at_idx on public.ingestion_jobs (
  vendor_id, created_at desc, id desc
);
create index if not exists ingestion_jobs_waiting_for_upload_idx on public.ingestion_jobs (created_at)
  where step = 'upload' and status = 'queued';
comment on table public.ingestion_jobs is
  'Ingestion jobs. Members read those of their vendor; functions and the worker write them.';
comment on column public.ingestion_jobs.id is 'Names the job; also the folder of its file in Storage.';
comment on column public.ingestion_jobs.vendor_id is 'Whose catalogue the file goes into.';
comment on column public.ingestion_jobs.mode is 'What the rows are: products, customers, or api_sync for a connector.';
comment on column public.ingestion_jobs.status is
  'queued until the upload is whole, then running, then completed, failed or canceled.';
comment on column public.ingestion_jobs.progress_pct is
  'Share of the work done, from bytes read and rows merged; never goes back.';
comment on column public.ingestion_jobs.totals is
  'bytes, bytes_read, rows_read, rows_valid, rows_failed, inserted, updated, unchanged.';
comment on column public.ingestion_jobs.error_url is
  'Path of errors.csv in the bucket ingest; null without row errors. The API answers with a signed URL.';
comment on column public.ingestion_jobs.started_at is 'When the worker took the job up.';
comment on column public.ingestion_jobs.finished_at is 'When it was completed, failed or canceled.';
comment on column public.ingestion_jobs.attempt is 'How often a step of the job had to be tried again.';
comment on column public.ingestion_jobs.params is
  'What the caller asked for: filename, dialect, mapping; the source of a sync.';
comment on column public.ingestion_jobs.super_id is 'The workflow id minted for the job.';
comment on column public.ingestion_jobs.step is
  'What the worker does next: upload, detect, load, plan, merge (sync for a connector), finalize, done.';
comment on column public.ingestion_jobs.checkpoint is 'Where a step that was interrupted goes on.';
comment on column public.ingestion_jobs.dialect is
  'Encoding, delimiter, quote, line end and header as detected or given.';
comment on column public.ingestion_jobs.mapping is
  'Which columns became which fields, by what operations, how sure and why.';
comment on column public.ingestion_jobs.error is 'Why the job failed: code, detail, remedy. Null unless failed.';
comment on column public.ingestion_jobs.created_by is 'The member who started it; null for the platform.';
comment on column public.ingestion_jobs.created_at is 'When the job was made.';
comment on column public.ingestion_jobs.updated_at is 'When anything of it last changed.';

create or replace trigger touch_updated_at_trigger
before update on public.ingestion_jobs
for each row execute function app.touch_updated_at();

alter table public.ingestion_jobs enable row level security;
alter table public.ingestion_jobs force row level security;
create policy "members read the jobs of their vendor" on public.ingestion_jobs
for select to authenticated
using (vendor_id = (select app.current_vendor_id()) and (select app.has_role('vendor_viewer')));
grant select on public.ingestion_jobs to authenticated, service_role;

-- sql/ingestion/add_job_terms.sql
-- Makes the categories, cuisines and markets that only this file knows, all at once and before its batches: batches
-- that made them themselves would wait for each other from the first new label to their end.
create or replace function app.add_job_terms(job public.ingestion_jobs)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_label record;
begin
  perform app.open_merge();
  -- The vocabulary's number is that of before: what a file adds changes nothing for its rows.
  perform app.current_vocabulary((job).vendor_id);
  for v_label in
    select
      k.kind,
      app.product_text_expression((job).mapping, k.field) as expression,
      (
        select string_agg(distinct format('r.c%s', c.position), ', ')
        from app.mapping_candidates((job).mapping, k.field) as c
      ) as cells
    from (
      values ('categories', 'category'), ('categories', 'sub_category'), ('cuisines', 'cuisine'), ('markets', 'market')
    ) as k (kind, field)
  loop
    continue when v_label.expression is null;
    -- Labels are read from distinct cells, few of so many rows; "offset 0" keeps it so.
    execute format(
      'insert into pg_temp.merge_terms (kind, raw) select distinct $1, btrim(%1$s) '
      'from (select distinct %2$s from %3$s as r offset 0) as r where %1$s ~ ''[^[:space:]]''',
      v_label.expression, v_label.cells, app.ingest_table((job).id)
    ) using v_label.kind;
  end loop;
  perform app.resolve_staged_terms((job).vendor_id, 'file');
end;
$$;
comment on function app.add_job_terms is 'Makes the taxonomy terms of a job''s file before its rows are merged.';

-- sql/ingestion/advance_job.sql
-- Moves a job to its next step: the step, its message and the end of the old message in one transaction. `lanes`
-- messages let as many workers share a step.
create or replace function app.advance_job(job_id uuid, to_step text, message_id bigint, lanes int default 1)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  update public.ingestion_jobs as j set step = advance_job.to_step where j.id = advance_job.job_id;
  perform app.send_ingest_step(advance_job.job_id, advance_job.to_step) from generate_series(1, advance_job.lanes);
  perform pgmq.delete('ingest', advance_job.message_id);
end;
$$;
comment on function app.advance_job is 'Sets a job''s step, queues it and deletes the message of the step before.';

-- sql/ingestion/amount_with_unit.sql
-- Wraps an expression for an amount so that a bare number gets the unit from its own column and a household measure
-- follows in parentheses: 85.0, GRM, "1 cup" -> "85 GRM (1 cup)". Either may be null, meaning there is no such column.
create or replace function app.amount_with_unit(amount text, unit text, household text)
returns text
language sql
immutable
set search_path = ''
as $$
  select case
    when amount_with_unit.amount is null then amount_with_unit.household
    when unit is null and household is null then amount_with_unit.amount
    else format(
      'app.describe_amount(%s, %s, %s)', amount_with_unit.amount, coalesce(unit, 'null'), coalesce(household, 'null')
    )
  end;
$$;
comment on function app.amount_with_unit is 'Expression of an amount with its unit and household measure.';

-- sql/ingestion/app_cancel_ingestion_job.sql
-- Ends a job that has not ended. Work under way notices at its next commit and undoes itself; what earlier batches
-- applied stays and is counted in the totals. Definer, because members have no grant to write jobs.
create or replace function app.cancel_ingestion_job(id uuid)
returns public.ingestion_jobs
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_vendor_id uuid := app.require_vendor('vendor_operator');
  v_job public.ingestion_jobs;
begin
  select j.* into v_job from public.ingestion_jobs as j
  where j.id = cancel_ingestion_job.id and j.vendor_id = v_vendor_id
  for no key update;
  if v_job.id is null then
    perform app.raise_problem(404, 'not-found', 'There is no such job.');
  end if;
  if v_job.status = 'canceled' then
    return v_job;
  end if;
  if v_job.status in ('completed', 'failed') then
    perform app.raise_problem(
      409, 'conflict', format('The job is %s already; only a job under way can be canceled.', v_job.status)
    );
  end if;
  update public.ingestion_jobs as j
  set status = 'canceled', step = 'done', finished_at = now()
  where j.id = v_job.id
  returning j.* into strict v_job;
  if v_job.started_at is not null then
    perform app.send_ingest_step(v_job.id, 'cleanup');
  end if;
  return v_job;
end;
$$;
comment on function app.cancel_ingestion_job is
  'Cancels a queued or running job of the caller''s vendor; its staging is removed by the worker.';
grant execute on function app.cancel_ingestion_job to authenticated;

-- sql/ingestion/app_create_ingestion_job.sql
-- Makes a job and its super_id in one transaction. Definer, because members have no grant to write jobs; the vendor
-- comes from the claims, and the caller must be an operator.
create or replace function app.create_ingestion_job(mode text, params jsonb)
returns public.ingestion_jobs
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_vendor_id uuid := app.require_vendor('vendor_operator');
  v_job_id uuid := gen_random_uuid();
  v_job public.ingestion_jobs;
begin
  perform app.require_ingest_mode(create_ingestion_job.mode);
  if jsonb_typeof(coalesce(create_ingestion_job.params, '{}')) <> 'object'
    or not app.json_fits(create_ingestion_job.params, 65536) then
    perform app.raise_problem(400, 'invalid-input', 'The parameters must be a JSON object of at most 64 KiB.',
      jsonb '[{"pointer": "/params", "code": "invalid", "detail": "must be an object of at most 64 KiB"}]');
  end if;
  if create_ingestion_job.params ? 'mapping' then
    perform app.validate_ingest_mapping(
      create_ingestion_job.mode, create_ingestion_job.params -> 'mapping', '/mapping'
    );
  end if;
  insert into public.ingestion_jobs (id, vendor_id, mode, params, super_id, created_by)
  values (
    v_job_id,
    v_vendor_id,
    create_ingestion_job.mode,
    coalesce(create_ingestion_job.params, '{}'),
    app.start_workflow(
      app.current_claims() ->> 'appwrite_user_id',
      jsonb_build_object('workflow', 'ingest', 'job_id', v_job_id, 'vendor_id', v_vendor_id)
    ),
    app.current_user_id()
  )
  returning * into strict v_job;
  return v_job;
end;
$$;
comment on function app.create_ingestion_job is
  'Makes a queued job for the caller''s vendor, with a recorded super_id.';
grant execute on function app.create_ingestion_job to authenticated;

-- sql/ingestion/app_preview_ingest.sql
-- Does with the first rows of a file what a job would do, answers what came of it, and undoes all of it: the rows run
-- through the same statement and the same merge, so a preview cannot promise what a job does not keep. Definer, because
-- members have no grant to stage or merge; operators only, for the vendor in the claims.
create or replace function app.preview_ingest(
  mode text, headers text[], rows jsonb, requested jsonb, recognised jsonb
)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
-- A job that is merging the same rows is not waited for.
set lock_timeout = '3s'
as $$
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_operator');
  v_mapping jsonb;
  v_answer jsonb;
  v_rows jsonb;
begin
  perform app.require_ingest_mode(preview_ingest.mode);
  if preview_ingest.requested is not null then
    perform app.validate_ingest_mapping(preview_ingest.mode, preview_ingest.requested, '/mapping');
  end if;
  v_mapping := app.compile_ingest_mapping(
    v_vendor_id, preview_ingest.mode, preview_ingest.headers, preview_ingest.requested, preview_ingest.recognised
  );
  if not v_mapping -> 'fields' ? 'external_id' then
    return jsonb_build_object('mapping', v_mapping, 'rows', '[]'::jsonb, 'errors', '[]'::jsonb);
  end if;
  begin
    v_answer := app.merge_mapped_rows(
      preview_ingest.mode, v_vendor_id, null, v_mapping, app.preview_source(v_mapping), 0, 9223372036854775807,
      preview_ingest.rows
    );
    execute format('select app.%I($1)', preview_ingest.mode || '_preview') into v_rows using v_vendor_id;
    raise exception using errcode = 'OD020', message = 'a preview leaves nothing behind';
  exception
    when sqlstate 'OD020' then
      null;
    when lock_not_available then
      perform app.raise_problem(
        409, 'conflict', 'A job of this vendor is changing these rows right now; try again in a moment.'
      );
  end;
  return jsonb_build_object(
    'mapping', v_mapping,
    'rows', v_rows,
    'errors', coalesce((
      select jsonb_agg(jsonb_build_object(
        'row_no', e.error -> 'row_no', 'field', nullif(substr(e.error ->> 'pointer', 2), ''),
        'code', e.error -> 'code', 'message', e.error -> 'detail'
      ) order by e.place)
      from jsonb_array_elements(v_answer -> 'errors') with ordinality as e (error, place)
    ), '[]')
  );
end;
$$;
comment on function app.preview_ingest is 'Mapping, outcome and errors of the first rows of a file; writes nothing.';
grant execute on function app.preview_ingest to authenticated;

-- sql/ingestion/app_put_ingest_mapping.sql
-- Saves a mapping as the next version; the same map again changes nothing. Definer, because members have no grant to
-- write mappings; the caller must be an operator, and every field and operation must be known.
create or replace function app.put_ingest_mapping(mode text, map jsonb)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_vendor_id uuid := app.require_vendor('vendor_operator');
  v_last public.vendor_mappings;
begin
  perform app.require_ingest_mode(put_ingest_mapping.mode);
  perform app.validate_ingest_mapping(put_ingest_mapping.mode, put_ingest_mapping.map, '/map');
  -- Two writers would pick the same version; the row of the vendor makes them wait for each other.
  perform from public.vendors as v where v.id = v_vendor_id for no key update;
  select m.* into v_last from public.vendor_mappings as m
  where m.vendor_id = v_vendor_id and m.mode = put_ingest_mapping.mode
  order by m.version desc
  limit 1;
  if v_last.map = put_ingest_mapping.map then
    return;
  end if;
  insert into public.vendor_mappings (vendor_id, mode, map, version, created_by)
  values (v_vendor_id, put_ingest_mapping.mode, put_ingest_mapping.map, coalesce(v_last.version, 0) + 1,
  app.current_user_id());
end;
$$;
comment on function app.put_ingest_mapping is 'Checks and saves a vendor''s mapping as its next version.';
grant execute on function app.put_ingest_mapping to authenticated;

-- sql/ingestion/bound_job_errors.sql
-- Brings the errors of a job that was merged within app.most_job_errors(): two batches at once do not see each other's.
-- What goes is counted with the last batch, in the same transaction, so that a repeated step counts nothing twice.
create or replace function app.bound_job_errors(job_id uuid)
returns void
language sql
volatile
set search_path = ''
as $$
  with dropped as materialized (
    select app.drop_surplus_errors(bound_job_errors.job_id, 0, 9223372036854775807) as count
  )
  update app.ingestion_batches as b
  set counts = b.counts || jsonb_build_object(
    'errors_omitted', coalesce((b.counts ->> 'errors_omitted')::bigint, 0) + d.count
  )
  from dropped as d
  where b.job_id = bound_job_errors.job_id
    and b.batch_no = (
      select max(other.batch_no) from app.ingestion_batches as other
      where other.job_id = bound_job_errors.job_id and other.merged_at is not null
    )
    and d.count > 0;
$$;
comment on function app.bound_job_errors is 'Drops and counts the errors of a merged job beyond those that are kept.';

-- sql/ingestion/cancel_ingestion_job.sql
-- The door to app.cancel_ingestion_job for rpc() and the api.
create or replace function public.cancel_ingestion_job(id uuid)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select app.ingestion_job_json(j) from app.cancel_ingestion_job(cancel_ingestion_job.id) as j;
$$;
comment on function public.cancel_ingestion_job is
  'Cancels a job under way; its totals say what was applied before. Needs vendor_operator.';
grant execute on function public.cancel_ingestion_job to authenticated;

-- sql/ingestion/changed_products_source.sql
-- The rows of a job worth mapping, as SQL: not superseded, and not equal to the row of a file that the stored product
-- came from (products.source_hash). An identical file costs a hash and a look at the product a row, and no mapping.
-- The hash covers the cells that are mapped, the mapping, the vocabulary and `recipe`, which moves with this code.
-- "offset 0" keeps the look a look by key: as a join it reads the whole catalogue for every batch. A vendor whose
-- products are all younger than the job (the first file) has nothing to look for.
create or replace function app.changed_products_source(job public.ingestion_jobs)
returns text
language plpgsql
volatile
set search_path = ''
as $$
declare
  recipe constant text := '1';
  v_seed constant bigint := hashtextextended(
    concat(recipe, ' ', app.current_vocabulary((job).vendor_id), ' ', (job).mapping -> 'fields'), 0
  );
  v_hash text;
begin
  select format(
    'hash_record_extended(row(%s), %s)',
    string_agg(format('r.c%s', c ->> 'position'), ', ' order by (c ->> 'position')::int),
    v_seed
  )
  into v_hash
  from jsonb_array_elements((job).mapping -> 'columns') as c
  where c -> 'targets' <> '[]';
  return format(
    '(select r.*, %1$s as source_hash from %2$s as r '
    'where not exists (select from %3$s as s where s.row_no = r.row_no)%4$s)',
    v_hash, app.ingest_table((job).id), app.superseded_table((job).id),
    case when exists (
      select from public.products as p where p.vendor_id = (job).vendor_id and p.updated_at < (job).started_at
    ) then format(
      ' and not exists (select from public.products as p where p.vendor_id = %1$L '
      'and p.id = extensions.uuid_generate_v5(%1$L, %2$s) '
      'and p.source_hash = %3$s and p.soft_deleted_at is null offset 0)',
      (job).vendor_id, app.product_text_expression((job).mapping, 'external_id'), v_hash
    ) end
  );
end;
$$;
comment on function app.changed_products_source is 'Subquery over the rows of a job that are not known already.';

-- sql/ingestion/clean_up_job.sql
-- The last step of a canceled job.
create or replace function app.clean_up_job(job_id uuid, message_id bigint)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_job public.ingestion_jobs;
begin
  select j.* into v_job from public.ingestion_jobs as j where j.id = clean_up_job.job_id for no key update;
  if v_job.status in ('canceled', 'failed', 'completed') then
    perform app.drop_staging(v_job.id);
  end if;
  perform pgmq.delete('ingest', clean_up_job.message_id);
end;
$$;
comment on function app.clean_up_job is 'Removes the staging of a job that ended.';

-- sql/ingestion/compile_ingest_mapping.sql
-- Decides once per file which column fills which field: the request's own mapping, then the vendor's saved one, then
-- the header dictionary (vendor's before platform's, inside app.resolve_headers), then what the worker recognised by
-- the cells of columns without a name, for fields that nothing else answers. A field that a person mapped is taken from
-- there alone; otherwise all columns that answer it are kept in order, and per row the first with a value counts.
-- Returns {"columns": [{position, header, targets}], "fields": {field: [{position, header, ops, confidence, reason}]}}.
create or replace function app.compile_ingest_mapping(
  vendor_id uuid, mode text, headers text[], requested jsonb default null, recognised jsonb default null
)
returns jsonb
language sql
stable
set search_path = ''
as $$
  with header as (
    select h.header, h.place::int as place, app.fold_header(h.header) as folded
    from unnest(compile_ingest_mapping.headers) with ordinality as h (header, place)
  ),
  saved as (
    select m.map
    from public.vendor_mappings as m
    where m.vendor_id = compile_ingest_mapping.vendor_id and m.mode = compile_ingest_mapping.mode
    order by m.version desc
    limit 1
  ),
  written as (
    select 1 as source, t.header, t.target from app.mapping_targets(
      coalesce(compile_ingest_mapping.requested, '{}')
    ) as t
    union all
    select 2, t.header, t.target from saved cross join lateral app.mapping_targets(saved.map) as t
  ),
  by_hand as (
    select distinct h.place, h.header, w.source, w.target
    from header as h
    join written as w on w.header = h.header or app.fold_header(w.header) = h.folded
  ),
  by_hand_best as (
    select b.* from by_hand as b
    where b.source = (select min(other.source) from by_hand as other where other.place = b.place)
      and not exists (
        select from by_hand as other
        where other.source < b.source and other.target ->> 'field' = b.target ->> 'field'
      )
  ),
  named as (
    select b.place, b.header, f.field, coalesce(b.target -> 'ops', f.transform_ops) as ops,
      1.0 as confidence, true as is_by_hand,
      case b.source when 1 then 'given with this upload' else 'saved mapping of the vendor' end as reason
    from by_hand_best as b
    join app.mapping_fields(compile_ingest_mapping.mode) as f on f.field = b.target ->> 'field'
    union all
    select r.position, r.header, r.canonical, coalesce(r.transform_ops, '[]'), r.confidence, false, r.reason
    from app.resolve_headers(
      compile_ingest_mapping.vendor_id, compile_ingest_mapping.mode, compile_ingest_mapping.headers
    ) as r
    where not exists (select from by_hand_best as b where b.place = r.position)
      and not exists (
        select from by_hand_best as b
        where b.target ->> 'field' = r.canonical
      )
  ),
  candidate as (
    select n.* from named as n
    union all
    select h.place, h.header, f.field, f.transform_ops, (r.value ->> 'confidence')::numeric, false, r.value ->> 'reason'
    from jsonb_each(coalesce(compile_ingest_mapping.recognised, '{}')) as r
    join header as h on h.header = r.key
    join app.mapping_fields(compile_ingest_mapping.mode) as f on f.field = r.value ->> 'field'
    where not exists (select from by_hand_best as b where b.place = h.place)
      and not exists (select from named as n where n.field = f.field)
  ),
  field as (
    select c.field, jsonb_agg(jsonb_build_object(
      'position', c.place, 'header', c.header, 'ops', c.ops, 'confidence', c.confidence, 'reason', c.reason
    ) order by c.is_by_hand desc, c.confidence desc, c.place) as candidates
    from candidate as c
    group by c.field
  ),
  -- Without a column of its own, the identity is the barcode.
  identity as (
    select 'external_id' as field, (
      select jsonb_agg(b || '{"reason": "no other identity column; the barcode identifies the product"}')
      from jsonb_array_elements(f.candidates) as b
    ) as candidates
    from field as f
    where f.field = 'barcode' and not exists (select from field as other where other.field = 'external_id')
  ),
  -- Without a column of its own, the currency is what the price's header or cells name.
  money as (
    select 'currency' as field, (
      select jsonb_agg(p || jsonb_build_object(
        'ops', jsonb_build_array(jsonb_build_object('op', 'currency_of') || case
          when c.code is null then '{}' else jsonb_build_object('with', c.code) end),
        'reason', 'the currency beside the price'
      ))
      from jsonb_array_elements(f.candidates) as p
      cross join lateral (select case
        when p ->> 'header' ~ '€|\mEUR\M|\m[Ee]uros?\M' then 'EUR'
        when p ->> 'header' ~ '£|\mGBP\M' then 'GBP'
        when p ->> 'header' ~ '\mCHF\M' then 'CHF'
        when p ->> 'header' ~* '\musd\M|us ?\$' then 'USD'
      end as code) as c
    ) as candidates
    from field as f
    where f.field = 'price' and not exists (select from field as other where other.field = 'currency')
  ),
  answer as (
    select f.field, f.candidates from field as f
    union all
    select i.field, i.candidates from identity as i
    union all
    select m.field, m.candidates from money as m
  )
  select jsonb_build_object(
    'fields', coalesce((select jsonb_object_agg(a.field, a.candidates) from answer as a), '{}'),
    'columns', coalesce((
      select jsonb_agg(jsonb_build_object('position', h.place, 'header', h.header, 'targets', coalesce((
        select jsonb_agg(
          c - 'position' - 'header' || jsonb_build_object('field', a.field)
          order by c -> 'ops' @> '[{"op": "currency_of"}]', a.field
        )
        from answer as a
        cross join lateral jsonb_array_elements(a.candidates) as c
        where (c ->> 'position')::int = h.place
      ), '[]')) order by h.place)
      from header as h
    ), '[]')
  );
$$;
comment on function app.compile_ingest_mapping is 'Which column fills which field, how sure, and why.';

-- sql/ingestion/complete_job.sql
-- Ends a job that did its work: totals, staging gone, the event in the outbox, the message deleted; all or none. Where
-- it changed something, statistics and word counts follow as a step of their own: nobody waits for them.
create or replace function app.complete_job(job_id uuid, message_id bigint, error_path text default null)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_job public.ingestion_jobs := app.lock_running_job(complete_job.job_id, 'finalize');
begin
  perform app.refresh_job_totals(v_job.id);
  update public.ingestion_jobs as j
  set status = 'completed', step = 'done', progress_pct = 100, finished_at = now(), error_url = complete_job.error_path
  where j.id = v_job.id
  returning j.* into v_job;
  perform app.emit_event(v_job.vendor_id, 'job.completed', app.ingestion_event(v_job), v_job.super_id);
  perform app.drop_staging(v_job.id);
  if (v_job.totals ->> 'inserted')::bigint + (v_job.totals ->> 'updated')::bigint > 0 then
    perform app.send_ingest_step(v_job.id, 'settle');
  end if;
  perform pgmq.delete('ingest', complete_job.message_id);
end;
$$;
comment on function app.complete_job is 'Completes a job whose rows are merged and whose error file is written.';

-- sql/ingestion/corrected_job.sql
-- The job whose rows a corrected errors.csv holds, as another job of the same vendor and mode may read it: its dialect
-- and its mapping without what errors.csv never holds (health data). Null where there is none, or it is another's.
create or replace function app.corrected_job(job_id uuid, source_job_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('dialect', s.dialect, 'mapping', jsonb_build_object(
    'fields', (s.mapping -> 'fields') - app.health_mapping_fields(),
    'columns', (
      select jsonb_agg(c.value || jsonb_build_object('targets', (
        select coalesce(jsonb_agg(t.value order by t.place), '[]')
        from jsonb_array_elements(c.value -> 'targets') with ordinality as t (value, place)
        where t.value ->> 'field' <> all (app.health_mapping_fields())
      )) order by c.place)
      from jsonb_array_elements(s.mapping -> 'columns') with ordinality as c (value, place)
    )
  ))
  from public.ingestion_jobs as s
  join public.ingestion_jobs as j on j.vendor_id = s.vendor_id and j.mode = s.mode and j.id <> s.id
  where j.id = corrected_job.job_id and s.id = corrected_job.source_job_id and s.mapping is not null;
$$;
comment on function app.corrected_job is 'Dialect and mapping of the job that a corrected errors.csv comes from.';

-- sql/ingestion/count_job_words.sql
-- The other half of what a catalogue needs after a load (app.settle_catalogue is the first, and runs beside it): word
-- counts for the search's estimates. Nothing when nothing changed.
create or replace function app.count_job_words(job_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_job public.ingestion_jobs;
begin
  select j.* into v_job from public.ingestion_jobs as j where j.id = count_job_words.job_id;
  if v_job.mode <> 'customers'
    and coalesce((v_job.totals ->> 'inserted')::bigint + (v_job.totals ->> 'updated')::bigint, 0) > 0 then
    perform app.refresh_catalog_lexemes(v_job.vendor_id);
  end if;
end;
$$;
comment on function app.count_job_words is
  'Counts the words of the vendor''s catalogue anew after a job that changed it.';

-- sql/ingestion/create_ingestion_job.sql
-- The door to app.create_ingestion_job for rpc() and the api.
create or replace function public.create_ingestion_job(mode text, params jsonb default '{}')
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select app.ingestion_job_json(j)
    from app.create_ingestion_job(create_ingestion_job.mode, create_ingestion_job.params) as j;
$$;
comment on function public.create_ingestion_job is 'Makes a job waiting for its upload. Needs vendor_operator.';
grant execute on function public.create_ingestion_job to authenticated;

-- sql/ingestion/create_staging.sql
-- Makes the empty table a job's rows are loaded into: their number, and one text column per loaded column of the file.
-- Starts the load over where one was begun. Batches that reached the catalogue keep their counts: the rows are numbered
-- the same way again.
create or replace function app.create_staging(job_id uuid, positions int[])
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_table text := app.ingest_table(create_staging.job_id);
  v_sequence text := app.ingest_row_sequence(create_staging.job_id);
begin
  execute format('drop table if exists %s, %s', v_table, app.superseded_table(create_staging.job_id));
  execute format('drop sequence if exists %s', v_sequence);
  execute format('create unlogged sequence %s', v_sequence);
  execute format('create unlogged table %s (row_no bigint not null default nextval(%L), %s)', v_table, v_sequence, (
    select string_agg(format('c%s text', p), ', ' order by p) from unnest(create_staging.positions) as p
  ));
  execute format('alter sequence %s owned by %s.row_no', v_sequence, v_table);
  -- Lives for minutes, is read once from end to end and never changed: vacuuming it would be wasted work.
  execute format('alter table %s set (autovacuum_enabled = false)', v_table);
  execute format('alter table %s enable row level security', v_table);
  execute format('alter table %s force row level security', v_table);
  insert into app.ingestion_staging_markers (job_id) values (create_staging.job_id) on conflict do nothing;
  delete from public.ingestion_job_errors as e
  where e.job_id = create_staging.job_id and e.code = any (app.load_fault_codes());
end;
$$;
comment on function app.create_staging is 'Makes or empties the table of a job''s loaded rows.';

-- sql/ingestion/damaged_key_pattern.sql
-- What a spreadsheet makes of long digits: 3.25E+12 stands for a billion codes, so it identifies nothing.
create or replace function app.damaged_key_pattern()
returns text
language sql
immutable
parallel safe
set search_path = ''
as $$
  select '^[0-9]([.,][0-9]+)?[eE][+][0-9]{1,2}$';
$$;
comment on function app.damaged_key_pattern is 'Pattern of an external_id that a spreadsheet rounded.';

-- sql/ingestion/describe_amount.sql
-- An amount as a person would write it: a bare number with its unit, the household measure in parentheses.
create or replace function app.describe_amount(amount text, unit text, household text)
returns text
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_amount text := case
    when amount ~ '^[0-9]{1,12}(\.[0-9]{1,12})?$' then trim_scale(amount::numeric)::text || coalesce(' ' || unit, '')
    else amount
  end;
begin
  return case
    when v_amount is null then household
    when household is null or household = v_amount then v_amount
    else v_amount || ' (' || household || ')'
  end;
end;
$$;
comment on function app.describe_amount is '"85.0", "g", "1 cup" -> "85 g (1 cup)".';

-- sql/ingestion/drop_staging.sql
-- Removes everything a job put aside while it worked. Safe to repeat, and for jobs that put aside nothing.
create or replace function app.drop_staging(job_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
begin
  execute format(
    'drop table if exists %s, %s', app.ingest_table(drop_staging.job_id), app.superseded_table(drop_staging.job_id)
  );
  delete from app.ingestion_staging_markers where job_id = drop_staging.job_id;
  delete from app.ingestion_batches where job_id = drop_staging.job_id;
end;
$$;
comment on function app.drop_staging is 'Drops a job''s tables of loaded rows and its batches.';

-- sql/ingestion/drop_stale_staging.sql
-- Removes what ended or vanished jobs left in staging: tables of their own, batches, staged rows. A job clears up after
-- itself; this is for those that could not. Rows staged by a call of the API are merged in the same transaction, so one
-- that can be seen here was left behind. A schedule calls it.
create or replace function app.drop_stale_staging(max_rows int, keep interval, at timestamptz default now())
returns int
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_living constant uuid[] := array(
    select j.id
    from public.ingestion_jobs as j
    where j.finished_at is null or j.finished_at > drop_stale_staging.at - drop_stale_staging.keep
  );
  v_job_id uuid;
  v_table text;
  v_tables int := 0;
  v_rows int;
  v_most int := 0;
begin
  for v_job_id in
    select distinct substr(c.relname, 8, 32)::uuid
    from pg_catalog.pg_class as c
    where c.relnamespace = 'app'::regnamespace and c.relkind = 'r'
      and c.relname ~ '^ingest_[0-9a-f]{32}(_superseded)?$'
      and substr(c.relname, 8, 32)::uuid <> all (v_living)
    limit drop_stale_staging.max_rows
  loop
    perform app.drop_staging(v_job_id);
    v_tables := v_tables + 1;
  end loop;
  foreach v_table in array array['public.stg_products', 'public.stg_customers'] loop
    execute format(
      'delete from %1$s as s where s.ctid = any (array('
      'select o.ctid from %1$s as o where o.job_id is null or o.job_id <> all ($1) limit $2 for update skip locked))',
      v_table
    ) using v_living, drop_stale_staging.max_rows;
    get diagnostics v_rows = row_count;
    v_most := greatest(v_most, v_rows);
  end loop;
  return greatest(v_tables, v_most);
end;
$$;
comment on function app.drop_stale_staging is
  'Removes staging of jobs that ended so long ago or are gone; the larger count of tables and rows.';

-- sql/ingestion/drop_surplus_errors.sql
-- Removes the errors a batch found beyond what a job may keep, the last ones of the batch first, and returns how many.
-- Errors of the load lie in the same range of rows and stay: they were bounded when they were found.
create or replace function app.drop_surplus_errors(job_id uuid, from_row bigint, to_row bigint)
returns bigint
language sql
volatile
set search_path = ''
as $$
  with surplus as (
    select greatest(count(*) - app.most_job_errors(), 0) as count
    from public.ingestion_job_errors as e
    where e.job_id = drop_surplus_errors.job_id
  ),
  dropped as (
    delete from public.ingestion_job_errors as e
    where e.id in (
      select own.id
      from public.ingestion_job_errors as own
      where own.job_id = drop_surplus_errors.job_id
        and own.row_no between drop_surplus_errors.from_row and drop_surplus_errors.to_row
        and own.code <> all (app.load_fault_codes())
      order by own.row_no desc, own.id desc
      limit (select s.count from surplus as s)
    )
    returning e.id
  )
  select count(*) from dropped;
$$;
comment on function app.drop_surplus_errors is 'Keeps the errors of a batch within app.most_job_errors().';

-- sql/ingestion/errors_csv_raw.sql
-- A row as errors.csv shows it: JSON with the job it comes from, so that the file can be corrected and sent again. What
-- a spreadsheet could take for a formula (= + - @ at the start of a value, or behind a separator that some spreadsheets
-- split cells at) is written as a JSON escape: reading the JSON gives the exact text back. Plain numbers stay.
create or replace function app.errors_csv_raw(job_id uuid, raw jsonb)
returns text
language sql
immutable
set search_path = ''
as $$
  select regexp_replace(regexp_replace(regexp_replace(regexp_replace(
    (errors_csv_raw.raw || jsonb_build_object('#job_id', errors_csv_raw.job_id))::text,
    '(["\;|]\s*)=', '\1\\u003d', 'g'), '(["\;|]\s*)@', '\1\\u0040', 'g'),
    '(["\;|]\s*)\+(?![0-9]+([.,][0-9]+)?")', '\1\\u002b', 'g'),
    '(["\;|]\s*)-(?![0-9]+([.,][0-9]+)?")', '\1\\u002d', 'g');
$$;
comment on function app.errors_csv_raw is 'raw of a row error as errors.csv has it; null stays null.';

-- sql/ingestion/errors_csv_statement.sql
-- The COPY that writes a job's errors.csv. raw stands once for each row, at its first error: correcting it and sending
-- the file again brings the row in. Cells that a spreadsheet would take for a formula get an apostrophe in front. A
-- last line tells how many errors were not kept.
create or replace function app.errors_csv_statement(job_id uuid)
returns text
language sql
stable
set search_path = ''
as $$
  select format(
    'copy (select l.row_no, l.field, l.code, l.message, l.raw from ('
    'select e.row_no, e.id, e.field, e.code, app.neutralise_formula(e.message) as message, '
    'case when lag(e.row_no) over (order by e.row_no, e.id) is distinct from e.row_no '
    'then app.errors_csv_raw(%1$L, e.raw) end as raw '
    'from public.ingestion_job_errors as e where e.job_id = %1$L %2$s) as l order by l.row_no, l.id) '
    'to stdout with (format csv, header true)',
    errors_csv_statement.job_id,
    case when o.omitted > 0 then format(
      'union all select null, null, null, ''errors_omitted'', %L, null',
      format('%s more errors are not listed; correct these, then send the whole file again.', o.omitted)
    ) end
  )
  from (
    select
      greatest((j.checkpoint ->> 'faulty')::bigint - app.most_job_errors(), 0) + coalesce((
        select sum((b.counts ->> 'errors_omitted')::bigint) from app.ingestion_batches as b where b.job_id = j.id
      ), 0) as omitted
    from public.ingestion_jobs as j
    where j.id = errors_csv_statement.job_id
  ) as o;
$$;
comment on function app.errors_csv_statement is 'COPY ... TO STDOUT of a job''s row errors as CSV.';

-- sql/ingestion/expire_ingest_files.sql
-- Notes uploads and error files past their retention for removal, those whose job is gone too; files of a job that has
-- not ended stay. A schedule calls it; the worker removes what is noted.
create or replace function app.expire_ingest_files(max_rows int, keep interval, at timestamptz default now())
returns int
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_noted int;
begin
  insert into app.files_to_remove (path)
  select o.name
  from storage.objects as o
  where o.bucket_id = 'ingest'
    and o.created_at < expire_ingest_files.at - expire_ingest_files.keep
    and not exists (select from app.files_to_remove as f where f.path = o.name)
    and not exists (
      select from public.ingestion_jobs as j
      where j.id::text = split_part(o.name, '/', 2)
        and (j.finished_at is null or j.finished_at > expire_ingest_files.at - expire_ingest_files.keep)
    )
  limit expire_ingest_files.max_rows
  on conflict on constraint files_to_remove_pkey do nothing;
  get diagnostics v_noted = row_count;
  return v_noted;
end;
$$;
comment on function app.expire_ingest_files is 'Notes up to max_rows old ingest files for removal; returns how many.';

-- sql/ingestion/fail_job.sql
-- Ends a job that cannot go on, with the reason and what to do about it, and tells the webhooks. What earlier batches
-- applied stays and is counted in the totals.
create or replace function app.fail_job(job_id uuid, message_id bigint, error jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_job public.ingestion_jobs;
begin
  update public.ingestion_jobs as j
  set status = 'failed', step = 'done', finished_at = now(), error = fail_job.error
  where j.id = fail_job.job_id and j.status = 'running'
  returning j.* into v_job;
  if v_job.id is not null then
    perform app.emit_event(v_job.vendor_id, 'job.failed', app.ingestion_event(v_job), v_job.super_id);
    perform app.drop_staging(v_job.id);
  end if;
  perform pgmq.delete('ingest', fail_job.message_id);
end;
$$;
comment on function app.fail_job is 'Fails a running job with {code, detail, remedy} and removes its staging.';

-- sql/ingestion/files_to_remove.sql
-- Objects of the bucket ingest whose time is over. Only the Storage API removes an object with its bytes, so the worker
-- does it and takes the row away afterwards; a worker killed in between removes the object once more, which is
-- harmless.
create table app.files_to_remove (
  path text not null,
  noted_at timestamptz not null default now(),
  constraint files_to_remove_pkey primary key (path)
);
comment on table app.files_to_remove is 'Files past their retention, until the worker has removed them from Storage.';
comment on column app.files_to_remove.path is 'The object in the bucket ingest.';
comment on column app.files_to_remove.noted_at is 'When it was found to be past its retention.';
alter table app.files_to_remove enable row level security;
alter table app.files_to_remove force row level security;

-- sql/ingestion/find_superseded_rows.sql
-- Makes the table of a job's rows whose key comes again further down: the last one wins, over the whole file. A row
-- that cannot be applied (no name, a damaged key) replaces none. Hashes of the keys say where to look.
create or replace function app.find_superseded_rows(job public.ingestion_jobs)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_table constant text := app.ingest_table((job).id);
  v_superseded constant text := app.superseded_table((job).id);
  v_key constant text := app.product_text_expression((job).mapping, 'external_id');
  v_digest constant text := format('hashtextextended(%s, 0)', v_key);
  v_repeated constant bigint[] := app.repeated_digests(v_table, v_digest);
begin
  execute format('drop table if exists %s', v_superseded);
  execute format(
    'create unlogged table %s (row_no bigint primary key, key text not null, last_row bigint not null)', v_superseded
  );
  execute format('alter table %s enable row level security', v_superseded);
  execute format('alter table %s force row level security', v_superseded);
  if v_repeated is not null then
    execute format(
      'with named as materialized (select r.row_no, %1$s as key from %2$s as r where %6$s = any ($1) and %3$s), '
      'repeated as (select n.key, max(n.row_no) as last_row from named as n '
      'where strpos(n.key, ''+'') = 0 or n.key !~ %5$L '
      'group by n.key having count(*) > 1) '
      'insert into %4$s (row_no, key, last_row) '
      'select n.row_no, n.key, p.last_row from named as n join repeated as p using (key) where n.row_no < p.last_row',
      v_key,
      v_table,
      coalesce(app.mapped_text((job).mapping, 'name') || ' is not null', 'true'),
      v_superseded,
      app.damaged_key_pattern(),
      v_digest
    ) using v_repeated;
  end if;
  execute format('analyze %s (row_no)', v_superseded);
end;
$$;
comment on function app.find_superseded_rows is 'Makes the table of a job''s rows that later ones replace.';

-- sql/ingestion/finish_detect.sql
-- Keeps what the head of the file showed, makes the table for its rows and queues the load.
create or replace function app.finish_detect(
  job_id uuid,
  message_id bigint,
  dialect jsonb,
  mapping jsonb,
  positions int[],
  first_offset bigint,
  bytes bigint,
  etag text
)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform app.lock_running_job(finish_detect.job_id, 'detect');
  perform app.create_staging(finish_detect.job_id, finish_detect.positions);
  update public.ingestion_jobs as j
  set dialect = finish_detect.dialect,
      mapping = finish_detect.mapping,
      totals = j.totals || jsonb_build_object('bytes', finish_detect.bytes),
      checkpoint = jsonb_build_object(
        'first_offset', finish_detect.first_offset, 'offset', finish_detect.first_offset,
        'rows', 0, 'faulty', 0, 'positions', finish_detect.positions, 'etag', finish_detect.etag
      )
  where j.id = finish_detect.job_id;
  perform app.advance_job(finish_detect.job_id, 'load', finish_detect.message_id);
end;
$$;
comment on function app.finish_detect is 'Stores dialect and mapping of a job and moves it to the load.';

-- sql/ingestion/finish_load.sql
-- Ends one load step: the file is read to its end and the merge can be planned, or the load goes on with a new message
-- at the end of the queue, so that other jobs get their turn.
create or replace function app.finish_load(job_id uuid, message_id bigint)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_job public.ingestion_jobs := app.lock_running_job(finish_load.job_id, 'load');
begin
  perform app.advance_job(
    v_job.id,
    case when (v_job.checkpoint ->> 'offset')::bigint >= (v_job.totals ->> 'bytes')::bigint then 'plan' else 'load' end,
    finish_load.message_id
  );
end;
$$;
comment on function app.finish_load is 'Queues the plan of a job read to its end, or the next stretch of its load.';

-- sql/ingestion/get_ingest_mapping.sql
-- The vendor's mapping in force; an empty one at version 0 where nothing was saved yet.
create or replace function public.get_ingest_mapping(mode text)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_vendor_id uuid := app.require_vendor('vendor_viewer');
  v_mapping public.vendor_mappings;
begin
  perform app.require_ingest_mode(get_ingest_mapping.mode);
  select m.* into v_mapping from public.vendor_mappings as m
  where m.vendor_id = v_vendor_id and m.mode = get_ingest_mapping.mode
  order by m.version desc
  limit 1;
  return jsonb_build_object(
    'mode', get_ingest_mapping.mode,
    'version', coalesce(v_mapping.version, 0),
    'map', coalesce(v_mapping.map, '{}'),
    'updated_at', v_mapping.updated_at
  );
end;
$$;
comment on function public.get_ingest_mapping is 'The vendor''s header to field map of a mode, with its version.';
grant execute on function public.get_ingest_mapping to authenticated;

-- sql/ingestion/get_ingestion_job.sql
-- One job of the caller's vendor; another vendor's does not exist. Cheap enough to be asked four times a second.
create or replace function public.get_ingestion_job(id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_vendor_id uuid := app.require_vendor('vendor_viewer');
  v_job public.ingestion_jobs;
begin
  select j.* into v_job
  from public.ingestion_jobs as j
  where j.id = get_ingestion_job.id and j.vendor_id = v_vendor_id;
  if v_job.id is null then
    perform app.raise_problem(404, 'not-found', 'There is no such job.');
  end if;
  return app.ingestion_job_json(v_job);
end;
$$;
comment on function public.get_ingestion_job is 'One ingestion job; problem 404 where the vendor has no such job.';
grant execute on function public.get_ingestion_job to authenticated;

-- sql/ingestion/image_list.sql
-- Addresses of pictures as public.stg_products.images wants them; null for none.
create or replace function app.image_list(urls text[])
returns jsonb
language sql
immutable
parallel safe
set search_path = ''
as $$
  select jsonb_agg(jsonb_build_object('url', i.url) order by i.place)
  from unnest(urls) with ordinality as i (url, place);
$$;
comment on function app.image_list is 'Array of {"url"} of a list of addresses.';

-- sql/ingestion/ingest_bucket.sql
-- The private bucket for uploads and error files: `<vendor_id>/<job_id>/upload` and `.../errors.csv`. No policy opens
-- it: uploads carry a signed token, downloads a signed URL.
insert into storage.buckets (id, name, public)
values ('ingest', 'ingest', false)
on conflict (id) do nothing;

-- sql/ingestion/ingest_modes.sql
-- What files can hold: the modes whose functions are there (see app.merge_mapped_rows).
create or replace function app.ingest_modes()
returns text[]
language sql
stable
set search_path = ''
as $$
  select array(
    select m.mode
    from unnest(array['products', 'customers']) as m (mode)
    where to_regprocedure(format('app.stage_%s_statement(uuid, uuid, jsonb, text)', m.mode)) is not null
  );
$$;
comment on function app.ingest_modes is 'The modes of POST /v1/ingest/csv that this database can carry out.';
grant execute on function app.ingest_modes to authenticated;

-- sql/ingestion/ingest_queue.sql
-- The queue of pipeline steps: messages {"job_id", "step"}. Creating it again changes nothing.
do $$
begin
  if not exists (select from pgmq.list_queues() where queue_name = 'ingest') then
    perform pgmq.create('ingest');
  end if;
end;
$$;

-- sql/ingestion/ingest_row_sequence.sql
-- The name of the sequence that numbers a job's rows, quoted and qualified.
create or replace function app.ingest_row_sequence(job_id uuid)
returns text
language sql
immutable
parallel safe
set search_path = ''
as $$
  select format('app.%I', 'ingest_' || replace(ingest_row_sequence.job_id::text, '-', '') || '_row_no');
$$;
comment on function app.ingest_row_sequence is 'Qualified name of the sequence behind row_no of a job''s table.';

-- sql/ingestion/ingest_table.sql
-- The name of a job's own table of loaded rows, quoted and qualified.
create or replace function app.ingest_table(job_id uuid)
returns text
language sql
immutable
parallel safe
set search_path = ''
as $$
  select format('app.%I', 'ingest_' || replace(ingest_table.job_id::text, '-', ''));
$$;
comment on function app.ingest_table is 'Qualified name of the unlogged table that holds a job''s rows as text.';

-- sql/ingestion/ingest_turns.sql
-- When each vendor last had a turn at the workers. Whose turn is longest ago comes next: a vendor with a hundred files
-- waits for one step of every other vendor, not they for its hundred files.
create table if not exists app.ingest_turns (
  vendor_id uuid not null,
  taken_at timestamptz not null,
  constraint ingest_turns_pkey primary key (vendor_id),
  constraint vendor_exists foreign key (vendor_id) references public.vendors (id) on delete cascade
);
comment on table app.ingest_turns is 'The last turn of each vendor at the steps of ingestion.';
comment on column app.ingest_turns.vendor_id is 'Whose turn it was.';
comment on column app.ingest_turns.taken_at is 'When a worker last took a step of this vendor.';
alter table app.ingest_turns enable row level security;
alter table app.ingest_turns force row level security;

-- sql/ingestion/ingestion_batches.sql
-- The share of a job's rows that one merge transaction takes. A batch is merged when merged_at is set, in the
-- transaction that changed the products: that is what makes a repeated message, a killed worker or two workers
-- harmless.
create table if not exists app.ingestion_batches (
  job_id uuid not null,
  batch_no int not null,
  from_row bigint not null,
  to_row bigint not null,
  merged_at timestamptz,
  counts jsonb,
  waits boolean not null default false,
  constraint ingestion_batches_pkey primary key (job_id, batch_no),
  constraint job_exists foreign key (job_id) references public.ingestion_jobs (id) on delete cascade,
  constraint rows_are_in_order check (from_row <= to_row),
  constraint a_merged_batch_has_counts check ((merged_at is null) = (counts is null))
);
comment on table app.ingestion_batches is 'Ranges of rows of a job, each merged once.';
comment on column app.ingestion_batches.from_row is 'First row_no of the range.';
comment on column app.ingestion_batches.to_row is 'Last row_no of the range.';
comment on column app.ingestion_batches.merged_at is 'When its rows reached the catalogue; null until then.';
comment on column app.ingestion_batches.counts is 'valid, failed, inserted, updated, unchanged, errors_omitted.';
comment on column app.ingestion_batches.waits is
  'Whether it is merged after all batches before it, since a barcode of theirs is wanted again.';
alter table app.ingestion_batches enable row level security;
alter table app.ingestion_batches force row level security;

-- sql/ingestion/ingestion_event.sql
-- What job.completed and job.failed say about a job.
create or replace function app.ingestion_event(job public.ingestion_jobs)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'job_id', (job).id, 'super_id', (job).super_id, 'mode', (job).mode, 'status', (job).status,
    'totals', (job).totals, 'error', (job).error, 'started_at', (job).started_at, 'finished_at', (job).finished_at
  );
$$;
comment on function app.ingestion_event is 'The data of a job''s outbox event.';

-- sql/ingestion/ingestion_job_errors.sql
-- What was wrong with which row. Also written by app.merge_staged_products, for the rows of a job's batch.
create table if not exists public.ingestion_job_errors (
  id bigint generated always as identity,
  job_id uuid not null,
  row_no bigint not null,
  field text,
  code text not null,
  message text not null,
  raw jsonb,
  constraint ingestion_job_errors_pkey primary key (id),
  constraint job_exists foreign key (job_id) references public.ingestion_jobs (id) on delete cascade,
  constraint code_is_a_word check (code ~ '^[a-z0-9_]+$')
);
create index if not exists ingestion_job_errors_job_id_row_no_idx on public.ingestion_job_errors (job_id, row_no, id);
comment on table public.ingestion_job_errors is
  'Row errors of ingestion jobs, as in errors.csv. Members read those of their vendor.';
comment on column public.ingestion_job_errors.id is 'Order of discovery.';
comment on column public.ingestion_job_errors.job_id is 'The job.';
comment on column public.ingestion_job_errors.row_no is 'The record of the file, from 1, the header not counted.';
comment on column public.ingestion_job_errors.field is 'The field it is about; null when it is the whole row.';
comment on column public.ingestion_job_errors.code is
  'What is wrong, as a word for programs: ragged_row, superseded, barcode_damaged, ...';
comment on column public.ingestion_job_errors.message is 'What is wrong and what to do, as a sentence.';
comment on column public.ingestion_job_errors.raw is
  'The row as it came: header to cell, or {"line"} where it could not be split.';

alter table public.ingestion_job_errors enable row level security;
alter table public.ingestion_job_errors force row level security;
create policy "members read the row errors of their vendor's jobs" on public.ingestion_job_errors
for select to authenticated
using (
  job_id in (select j.id from public.ingestion_jobs as j where j.vendor_id = (select app.current_vendor_id()))
  and (select app.has_role('vendor_viewer'))
);
grant select on public.ingestion_job_errors to authenticated, service_role;

-- sql/ingestion/ingestion_job_json.sql
-- A job as clients see it. `error_path` is the object in the bucket ingest, from which the api signs error_url.
create or replace function app.ingestion_job_json(job public.ingestion_jobs)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'id', (job).id,
    'super_id', (job).super_id,
    'mode', (job).mode,
    'status', (job).status,
    'step', (job).step,
    'progress_pct', (job).progress_pct,
    'totals', (job).totals,
    'error', (job).error,
    'error_url', (job).error_url,
    'attempt', (job).attempt,
    'created_at', (job).created_at,
    'started_at', (job).started_at,
    'finished_at', (job).finished_at,
    'params', (job).params,
    'dialect', (job).dialect,
    'mapping', (job).mapping -> 'columns'
  );
$$;
comment on function app.ingestion_job_json is 'The JSON of a job; error_url is still the path of the object.';
grant execute on function app.ingestion_job_json to authenticated, service_role;

-- sql/ingestion/ingestion_staging_markers.sql
-- Says that the staging tables of a job still hold what was loaded. Unlogged like them, so a Postgres crash empties all
-- of them together; a missing marker sends the job back to the start of its file.
create unlogged table if not exists app.ingestion_staging_markers (
  job_id uuid not null,
  constraint ingestion_staging_markers_pkey primary key (job_id)
);
comment on table app.ingestion_staging_markers is
  'One row per job whose loaded rows are intact; gone after a Postgres crash.';
alter table app.ingestion_staging_markers enable row level security;
alter table app.ingestion_staging_markers force row level security;

-- sql/ingestion/is_staging_intact.sql
-- Whether what a job loaded is still there: a Postgres crash empties unlogged tables and this marker with them.
create or replace function app.is_staging_intact(job_id uuid)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (select from app.ingestion_staging_markers as m where m.job_id = is_staging_intact.job_id);
$$;
comment on function app.is_staging_intact is 'False after a Postgres crash: the job must load its file again.';

-- sql/ingestion/keep_raw_rows.sql
-- Gives the errors of a range of rows the cells they came from, by header, for the columns that are mapped: what a
-- person needs to correct the row. Only rows with errors are touched. Health data stays out: viewers read errors.
create or replace function app.keep_raw_rows(job public.ingestion_jobs, from_row bigint, to_row bigint)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_members text;
begin
  select string_agg(
    format('array[%L, app.raw_cell(r.c%s)]', c ->> 'header', c ->> 'position'), ', ' order by (c ->> 'position')::int
  )
  into v_members
  from jsonb_array_elements((job).mapping -> 'columns') as c
  where c -> 'targets' <> '[]'
    and not exists (
      select from jsonb_array_elements(c -> 'targets') as t where t ->> 'field' = any (app.health_mapping_fields())
    );
  execute format(
    'update public.ingestion_job_errors as e set raw = jsonb_object(array[%s]) from %s as r '
    'where e.job_id = $1 and e.raw is null and e.row_no between $2 and $3 and r.row_no = e.row_no '
    'and r.row_no between $2 and $3',
    v_members, app.ingest_table((job).id)
  ) using (job).id, from_row, to_row;
end;
$$;
comment on function app.keep_raw_rows is 'Fills raw of the errors of a range of a job''s rows.';

-- sql/ingestion/linear_factor.sql
-- What a list of operations multiplies a bare number by, or null where it does anything else to it. The text fast path
-- of app.nutrient_expression; held to the operations themselves by a test.
create or replace function app.linear_factor(ops jsonb)
returns numeric
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_factor numeric := 1;
  v_step jsonb;
begin
  for v_step in select e.step from jsonb_array_elements(ops) as e (step) loop
    if jsonb_typeof(v_step) = 'object' and v_step ->> 'op' = 'scale' then
      v_factor := v_factor * (v_step ->> 'by')::numeric;
      continue;
    end if;
    v_factor := v_factor * case v_step #>> '{}'
      when 'trim' then 1
      when 'collapse_blanks' then 1
      when 'parse_number' then 1
      when 'to_g' then 1
      when 'to_mg' then 1
      when 'to_mcg' then 1
      when 'to_kcal' then 1
      when 'g_to_mg' then 1000
      when 'g_to_mcg' then 1000000
      when 'mg_to_mcg' then 1000
      when 'mg_to_g' then 0.001
      when 'mcg_to_mg' then 0.001
      when 'mcg_to_g' then 0.000001
      when 'salt_to_sodium' then 0.4
    end;
  end loop;
  return v_factor;
end;
$$;
comment on function app.linear_factor is 'The factor of operations that only multiply a bare number; null otherwise.';

-- sql/ingestion/list_ingestion_errors.sql
-- The row errors of one job, in the order of the file.
create or replace function public.list_ingestion_errors(
  job_id uuid, cursor text default null, page_limit int default 50
)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_vendor_id uuid := app.require_vendor('vendor_viewer');
  v_scope text := concat_ws('/', v_vendor_id, 'job-errors', list_ingestion_errors.job_id);
  v_after jsonb := app.decode_cursor(v_scope, list_ingestion_errors.cursor);
  v_errors jsonb[];
begin
  perform app.check_page_limit(page_limit);
  if not exists (select from public.ingestion_jobs as j
    where j.id = list_ingestion_errors.job_id and j.vendor_id = v_vendor_id) then
    perform app.raise_problem(404, 'not-found', 'There is no such job.');
  end if;
  select array_agg(to_jsonb(page) order by page.row_no, page.id) into v_errors
  from (
    select e.id, e.row_no, e.field, e.code, e.message, e.raw
    from public.ingestion_job_errors as e
    where e.job_id = list_ingestion_errors.job_id
      and (v_after is null or (e.row_no, e.id) > ((v_after ->> 'row_no')::bigint, (v_after ->> 'id')::bigint))
    order by e.row_no, e.id
    limit page_limit + 1
  ) as page;
  return jsonb_build_object(
    'data', coalesce((select jsonb_agg(e - 'id') from unnest(v_errors[:page_limit]) as e), '[]'),
    'next_cursor', case when cardinality(v_errors) > page_limit then app.encode_cursor(v_scope, jsonb_build_object(
      'row_no', v_errors[page_limit] -> 'row_no', 'id', v_errors[page_limit] -> 'id'
    )) end
  );
end;
$$;
comment on function public.list_ingestion_errors is
  'The row errors of a job in file order, as {"data", "next_cursor"}.';
grant execute on function public.list_ingestion_errors to authenticated;

-- sql/ingestion/list_ingestion_jobs.sql
-- The vendor's jobs, newest first.
create or replace function public.list_ingestion_jobs(
  status text default null,
  mode text default null,
  cursor text default null,
  page_limit int default 50
)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_vendor_id uuid := app.require_vendor('vendor_viewer');
  v_scope text := concat_ws(
    '/', v_vendor_id, 'jobs', coalesce(list_ingestion_jobs.status, '-'), coalesce(list_ingestion_jobs.mode, '-')
  );
  v_after jsonb := app.decode_cursor(v_scope, list_ingestion_jobs.cursor);
  v_jobs public.ingestion_jobs[];
begin
  perform app.check_page_limit(page_limit);
  perform app.check_choice(
    'status', list_ingestion_jobs.status, '{queued, running, failed, completed, canceled}'
  );
  perform app.check_choice('mode', list_ingestion_jobs.mode, '{products, customers, api_sync}');
  select array_agg(page.job order by (page.job).created_at desc, (page.job).id desc) into v_jobs
  from (
    select j as job
    from public.ingestion_jobs as j
    where j.vendor_id = v_vendor_id
      and (list_ingestion_jobs.status is null or j.status = list_ingestion_jobs.status)
      and (list_ingestion_jobs.mode is null or j.mode = list_ingestion_jobs.mode)
      and (v_after is null or (j.created_at, j.id) < ((v_after ->> 'created_at')::timestamptz,
      (v_after ->> 'id')::uuid))
    order by j.created_at desc, j.id desc
    limit page_limit + 1
  ) as page;
  return jsonb_build_object(
    'data', coalesce((select jsonb_agg(app.ingestion_job_json(j)) from unnest(v_jobs[:page_limit]) as j), '[]'),
    'next_cursor', case when cardinality(v_jobs) > page_limit then app.encode_cursor(v_scope, jsonb_build_object(
      'created_at', v_jobs[page_limit].created_at, 'id', v_jobs[page_limit].id
    )) end
  );
end;
$$;
comment on function public.list_ingestion_jobs is
  'The vendor''s ingestion jobs, newest first, as {"data", "next_cursor"}.';
grant execute on function public.list_ingestion_jobs to authenticated;

-- sql/ingestion/load_fault_codes.sql
-- The codes of rows that could not be split into values: found while loading, so a load that starts over finds them
-- again.
create or replace function app.load_fault_codes()
returns text[]
language sql
immutable
parallel safe
set search_path = ''
as $$
  select array['ragged_row', 'bad_quoting', 'bad_encoding', 'nul_byte', 'row_too_long', 'invalid_raw',
    'still_superseded'];
$$;
comment on function app.load_fault_codes is
  'Error codes of the load step; the same list as in functions/_shared/ingest/split_records.ts.';

-- sql/ingestion/lock_running_job.sql
-- Takes a job's row for the end of a step's transaction and makes sure it is still at that step. Otherwise the whole
-- transaction is given up: the job was canceled, or another worker was faster. SQLSTATE OD010 tells the worker which.
-- Not "for update": row errors refer to the job, and a lane that wrote some must not stand in the way of the other.
create or replace function app.lock_running_job(job_id uuid, step text)
returns public.ingestion_jobs
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_job public.ingestion_jobs;
begin
  select j.* into v_job from public.ingestion_jobs as j where j.id = lock_running_job.job_id for no key update;
  if v_job.id is null or v_job.status <> 'running' or v_job.step <> lock_running_job.step then
    raise exception 'job is at % (%)', coalesce(v_job.step, 'nothing'), coalesce(v_job.status, 'gone')
      using errcode = 'OD010';
  end if;
  return v_job;
end;
$$;
comment on function app.lock_running_job is 'Locks a running job at a step, or raises OD010.';

-- sql/ingestion/mapped_list.sql
-- The SQL expression of one list field for a row `r` of a job's table: the first candidate column that is not blank,
-- after its operations, split into its elements; and one element more from each column that says yes to it (op flag).
create or replace function app.mapped_list(mapping jsonb, field text)
returns text
language sql
stable
set search_path = ''
as $$
  with candidate as (
    select c.place, format('r.c%s', c.position) as cell, c.ops, c.ops @> '[{"op": "flag"}]' as is_flag
    from app.mapping_candidates(mapped_list.mapping, mapped_list.field) as c
  ),
  part as (
    select
      'case ' || string_agg(
        format('when btrim(%s) <> '''' then %s', c.cell, app.operations_expression(c.ops, c.cell, true)),
        ' ' order by c.place
      ) filter (where not c.is_flag) || ' end' as list,
      'array_remove(array[' || string_agg(app.operations_expression(c.ops, c.cell), ', ' order by c.place)
        filter (where c.is_flag) || '], null)' as flags
    from candidate as c
  )
  select case
    when p.flags is null then p.list
    when p.list is null then format('nullif(%s, ''{}'')', p.flags)
    else format('coalesce(%1$s || nullif(%2$s, ''{}''), %1$s, nullif(%2$s, ''{}''))', p.list, p.flags)
  end
  from part as p;
$$;
comment on function app.mapped_list is
  'Expression of a list field over the columns of a loaded row; null when unmapped.';

-- sql/ingestion/mapped_text.sql
-- The SQL expression of one text field for a row `r` of a job's table: the first candidate column with a value, each
-- after its operations. Null where no column answers the field. Columns enter as c<number> only, operations through
-- app.operations_expression: nothing of a file or a mapping becomes SQL by itself.
create or replace function app.mapped_text(mapping jsonb, field text)
returns text
language sql
stable
set search_path = ''
as $$
  select 'coalesce(' || string_agg(
    format('nullif(btrim(%s, e'' \t\r\n\u00a0''), '''')', app.operations_expression(c.ops, format('r.c%s',
    c.position))),
    ', ' order by c.place
  ) || ')'
  from app.mapping_candidates(mapped_text.mapping, mapped_text.field) as c;
$$;
comment on function app.mapped_text is
  'Expression of a text field over the columns of a loaded row; null when unmapped.';

-- sql/ingestion/mapping_candidates.sql
-- The columns that answer one field of a compiled mapping, best first.
create or replace function app.mapping_candidates(mapping jsonb, field text)
returns table (place int, "position" int, ops jsonb)
language sql
immutable
set search_path = ''
as $$
  select c.place::int, (c.candidate ->> 'position')::int, c.candidate -> 'ops'
  from jsonb_array_elements(mapping_candidates.mapping -> 'fields' -> mapping_candidates.field)
    with ordinality as c (candidate, place);
$$;
comment on function app.mapping_candidates is 'Column number and operations of each candidate of a field, in order.';

-- sql/ingestion/mapping_targets.sql
-- The entries of a mapping one by one: a header may name one field, several, or none (null: leave the column out).
create or replace function app.mapping_targets(map jsonb, pointer text default '')
returns table (header text, target jsonb, pointer text)
language sql
immutable
parallel safe
set search_path = ''
as $$
  select
    e.key,
    t.target,
    mapping_targets.pointer || '/' || replace(replace(e.key, '~', '~0'), '/', '~1')
      || case when jsonb_typeof(e.value) = 'array' then '/' || (t.place - 1) else '' end
  from jsonb_each(mapping_targets.map) as e
  cross join lateral jsonb_array_elements(
    case when jsonb_typeof(e.value) = 'array' then e.value else jsonb_build_array(e.value) end
  ) with ordinality as t (target, place);
$$;
comment on function app.mapping_targets is 'Header, target and JSON pointer of every entry of a mapping.';
grant execute on function app.mapping_targets to authenticated;

-- sql/ingestion/merge_job_batch.sql
-- Brings a range of a job's rows into the catalogue and reports those that stay out. Returns valid, failed, inserted,
-- updated, unchanged.
create or replace function app.merge_job_batch(job public.ingestion_jobs, from_row bigint, to_row bigint)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_result jsonb;
  v_superseded bigint;
  v_rows bigint;
  v_known bigint;
  v_omitted bigint;
begin
  v_result := app.merge_mapped_rows(
    (job).mode, (job).vendor_id, (job).id, (job).mapping,
    case (job).mode
      when 'products' then app.changed_products_source(job)
      else format(
        '(select t.* from %s as t where not exists (select from %s as s where s.row_no = t.row_no))',
        app.ingest_table((job).id), app.superseded_table((job).id)
      )
    end,
    from_row, to_row
  );
  execute format(
    'insert into public.ingestion_job_errors (job_id, row_no, field, code, message) '
    'select $1, s.row_no, ''external_id'', ''superseded'', '
    'format(''Row %%s of this file has the same external_id and was applied instead.'', s.last_row) '
    'from %s as s where s.row_no between $2 and $3',
    app.superseded_table((job).id)
  ) using (job).id, from_row, to_row;
  get diagnostics v_superseded = row_count;
  execute format('select count(*) from %s as t where t.row_no between $1 and $2', app.ingest_table((job).id))
  into v_rows using from_row, to_row;
  v_omitted := app.drop_surplus_errors((job).id, from_row, to_row);
  v_known := v_rows - v_superseded - (v_result ->> 'received')::bigint;
  perform app.keep_raw_rows(job, from_row, to_row);
  return jsonb_build_object(
    'valid', (v_result ->> 'received')::bigint - (v_result ->> 'failed')::bigint + v_known,
    'failed', (v_result ->> 'failed')::bigint + v_superseded,
    'inserted', v_result -> 'inserted',
    'updated', v_result -> 'updated',
    'unchanged', (v_result ->> 'unchanged')::bigint + v_known,
    'errors_omitted', v_omitted
  );
end;
$$;
comment on function app.merge_job_batch is 'Stages and merges a range of a job''s rows.';

-- sql/ingestion/merge_mapped_rows.sql
-- Stages rows by a mapping and merges them, whatever they are: a mode of files is three functions, named after it
-- (app.stage_<mode>_statement, app.<mode>_given_fields, app.merge_staged_<mode>). Without a job the answer carries the
-- errors. `source` is SQL of this schema's own making: a job's table, or the rows of a preview in `$4`.
create or replace function app.merge_mapped_rows(
  mode text, vendor_id uuid, job_id uuid, mapping jsonb, source text, from_row bigint, to_row bigint,
  rows jsonb default null
)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_batch_id constant uuid := gen_random_uuid();
  v_statement text;
  v_fields text[];
  v_answer jsonb;
begin
  if mode <> all (app.ingest_modes()) then
    raise exception 'there is no mode %', mode;
  end if;
  execute format('select app.%I($1, $2, $3, $4), app.%I($3)', 'stage_' || mode || '_statement', mode || '_given_fields')
  into v_statement, v_fields
  using vendor_id, job_id, mapping, source;
  if rows is null then
    execute v_statement using v_batch_id, from_row, to_row;
  else
    execute v_statement using v_batch_id, from_row, to_row, rows;
  end if;
  execute format('select app.%I($1, $2, $3)', 'merge_staged_' || mode)
  into v_answer
  using v_batch_id, 'file', v_fields;
  return v_answer;
end;
$$;
comment on function app.merge_mapped_rows is 'Stages rows of a file by its mapping and merges them, by mode.';

-- sql/ingestion/merge_next_batch.sql
-- Merges one batch of a job that nobody is merging: stage, merge, count and checkpoint in this one transaction. Two
-- lanes of messages let two workers share a job; the one that merges the last batch moves the job on. Returns the
-- batch's counts, or null where nothing was left for this lane.
create or replace function app.merge_next_batch(job_id uuid, message_id bigint)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_job public.ingestion_jobs;
  v_batch app.ingestion_batches;
  v_counts jsonb;
begin
  select j.* into v_job from public.ingestion_jobs as j
  where j.id = merge_next_batch.job_id and j.status = 'running' and j.step = 'merge';
  if v_job.id is null then
    raise exception 'job is not merging' using errcode = 'OD010';
  end if;
  if not app.is_staging_intact(v_job.id) then
    perform app.restart_load(v_job.id, 'merge', merge_next_batch.message_id);
    return null;
  end if;
  select b.* into v_batch from app.ingestion_batches as b
  where b.job_id = v_job.id
    and b.merged_at is null
    and (
      not b.waits
      or not exists (
        select from app.ingestion_batches as e
        where e.job_id = b.job_id and e.batch_no < b.batch_no and e.merged_at is null
      )
    )
  order by b.batch_no
  limit 1
  for update skip locked;
  if v_batch.job_id is not null then
    v_counts := app.merge_job_batch(v_job, v_batch.from_row, v_batch.to_row);
    update app.ingestion_batches as b set merged_at = clock_timestamp(), counts = v_counts
    where b.job_id = v_job.id and b.batch_no = v_batch.batch_no;
  end if;
  perform app.lock_running_job(v_job.id, 'merge');
  perform app.refresh_job_totals(v_job.id);
  if not exists (select from app.ingestion_batches as b where b.job_id = v_job.id and b.merged_at is null) then
    perform app.advance_job(v_job.id, 'finalize', merge_next_batch.message_id);
  elsif v_batch.job_id is null then
    -- The other lane holds what is left, or what that waits for; should it die, its own message comes back.
    perform pgmq.delete('ingest', merge_next_batch.message_id);
  else
    perform app.send_ingest_step(v_job.id, 'merge');
    perform pgmq.delete('ingest', merge_next_batch.message_id);
  end if;
  return v_counts;
end;
$$;
comment on function app.merge_next_batch is 'Merges the next free batch of a job and queues what follows.';

-- sql/ingestion/most_job_errors.sql
-- How many row errors of a job are kept, so that a file of nothing but bad rows costs no more than that. The others are
-- counted, and errors.csv says how many they are.
create or replace function app.most_job_errors()
returns int
language sql
immutable
parallel safe
set search_path = ''
as $$
  select 50000;
$$;
comment on function app.most_job_errors is
  'Errors kept of one job; the same number as in functions/worker/steps/piece_loader.ts.';

-- sql/ingestion/neutralise_formula.sql
-- Keeps spreadsheets from running a cell: text that starts like a formula gets an apostrophe in front.
create or replace function app.neutralise_formula(value text)
returns text
language sql
immutable
parallel safe
set search_path = ''
as $$
  select case when left(value, 1) in ('=', '+', '-', '@', e'\t', e'\r') then '''' || value else value end;
$$;
comment on function app.neutralise_formula is 'A cell that no spreadsheet takes for a formula.';

-- sql/ingestion/next_ingest_message.sql
-- Which step comes next. Between vendors: whose turn is longest ago, of those below their number of steps at once.
-- Within a vendor: the smaller file first, but the longer a step has waited the smaller its file counts, so that a
-- giant's turn comes too. Messages without a job come first, to be put away.
-- A step runs while its message is leased: read, and hidden for no longer than a lease. pgmq.read knows only the order
-- of arrival, hence the look at its table.
create or replace function app.next_ingest_message(lease_seconds int, platform_concurrency int)
returns bigint
language sql
volatile
set search_path = ''
as $$
  with message as materialized (
    select q.msg_id, q.vt, q.read_ct, j.vendor_id, (j.totals ->> 'bytes')::numeric as bytes
    from pgmq.q_ingest as q
    left join public.ingestion_jobs as j
      on j.id = case
        when pg_input_is_valid(q.message ->> 'job_id', 'uuid') then (q.message ->> 'job_id')::uuid
      end
  ),
  running as (
    select m.vendor_id, count(*) as steps
    from message as m
    where m.read_ct > 0 and m.vt > clock_timestamp()
      and m.vt <= clock_timestamp() + make_interval(secs => next_ingest_message.lease_seconds)
    group by m.vendor_id
  )
  select m.msg_id
  from message as m
  left join public.vendors as v on v.id = m.vendor_id
  left join running as r on r.vendor_id = m.vendor_id
  left join app.ingest_turns as t on t.vendor_id = m.vendor_id
  where m.vt <= clock_timestamp()
    and (
      m.vendor_id is null
      or coalesce(r.steps, 0)
        < app.vendor_ingest_concurrency(v.settings_json, next_ingest_message.platform_concurrency)
    )
  order by
    m.vendor_id is not null,
    t.taken_at nulls first,
    greatest(m.bytes, 1) / greatest(extract(epoch from clock_timestamp() - m.vt), 1),
    m.msg_id
  limit 1;
$$;
comment on function app.next_ingest_message is
  'The message of the step whose turn it is, fair between vendors and between files; null when none may run.';

-- sql/ingestion/nutrient_expression.sql
-- The SQL expression of one nutrient as JSON, scaled by `factor` (an expression): the first candidate column with a
-- value.
-- Plain digits, nearly every cell there is, are multiplied on the spot (a twentieth of the time); everything else goes
-- through the operations.
create or replace function app.nutrient_expression(mapping jsonb, field text, factor text)
returns text
language sql
stable
set search_path = ''
as $$
  select 'coalesce(' || string_agg(
    'case '
    || case when app.linear_factor(c.ops) is null then '' else
      format(
        'when translate(r.c%1$s, ''0123456789'', '''') in ('''', ''.'') and length(r.c%1$s) between 1 and 25 '
        'and r.c%1$s <> ''.'' '
        'then to_jsonb(trim_scale(round(r.c%1$s::numeric%2$s%3$s, 6))) ',
        c.position, nullif(' * ' || app.linear_factor(c.ops), ' * 1'),
        nullif(' * ' || nutrient_expression.factor, ' * 1')
      ) end
    || format(
      'when btrim(r.c%s) <> '''' then app.nutrient_value(nullif(btrim(%s), ''''), %s) end',
      c.position, app.operations_expression(c.ops, format('r.c%s', c.position)), nutrient_expression.factor
    ),
    ', ' order by c.place
  ) || ')'
  from app.mapping_candidates(nutrient_expression.mapping, nutrient_expression.field) as c;
$$;
comment on function app.nutrient_expression is 'Expression of a nutrient over the columns of a loaded row, as JSON.';

-- sql/ingestion/nutrient_members.sql
-- The SQL expression of a JSON object with every nutrient whose field starts with `prefix`, scaled by `factor` (an
-- expression); members without a value are left out, and an object without members is null. Null when none is mapped.
create or replace function app.nutrient_members(mapping jsonb, prefix text, factor text)
returns text
language sql
stable
set search_path = ''
as $$
  select 'nullif(jsonb_strip_nulls(jsonb_build_object(' || string_agg(
    format('%L, %s',
      substr(f.field, length(nutrient_members.prefix) + 1),
      app.nutrient_expression(nutrient_members.mapping, f.field, nutrient_members.factor)
    ), ', ' order by f.field
  ) || ')), ''{}'')'
  from jsonb_object_keys(nutrient_members.mapping -> 'fields') as f (field)
  where starts_with(f.field, nutrient_members.prefix);
$$;
comment on function app.nutrient_members is 'Expression of a JSON object of mapped nutrients.';

-- sql/ingestion/nutrient_value.sql
-- One nutrient as JSON for staging: a plain number scaled and rounded, anything else as the text it is, for the merge
-- to report. Null and words for nothing
-- ("-", "n/a") are null.
create or replace function app.nutrient_value(value text, factor numeric)
returns jsonb
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  if value is null or app.op_null_if(value) is null then
    return null;
  end if;
  if value ~ '^-?[0-9]{1,15}(\.[0-9]{1,30})?$' then
    return to_jsonb(trim_scale(round(value::numeric * factor, 6)));
  end if;
  return to_jsonb(value);
end;
$$;
comment on function app.nutrient_value is 'A nutrient of a file as JSON number, or as text when it is none.';

-- sql/ingestion/nutrition_expression.sql
-- The lateral part of the staging statement that makes `n.nutrition`, `n.basis` and `n.is_sound` (amounts without
-- doubt) of the nutrient columns of a row `r`.
-- Values per serving are taken as they are; values per 100 g are scaled where the serving's weight is known. A row with
-- no weight keeps what it has per 100 g, unless it also has values per serving (one basis per product). Null when no
-- column holds a nutrient.
create or replace function app.nutrition_expression(mapping jsonb)
returns text
language plpgsql
stable
set search_path = ''
as $$
declare
  v_basis text := app.mapped_text(mapping, 'nutrition_basis');
  v_scale constant text := 'coalesce(q.amount / 100, 1)';
  v_per_100g text := app.nutrient_members(mapping, 'nutrition_100g.', v_scale);
  v_per_serving text := app.nutrient_members(
    mapping,
    'nutrition.',
    case when v_basis is null then '1' else format('case when q.is_per_100g then %s else 1 end', v_scale) end
  );
  v_plain record;
begin
  if v_per_serving is null and v_per_100g is null then
    return null;
  end if;
  -- Nearly every file: one kind of columns, whose values stand as they are. The serving's weight changes nothing then.
  if v_per_100g is null and v_basis is null then
    select p.* into v_plain from app.plain_nutrients(mapping, 'nutrition.') as p;
    return format(
      'cross join lateral (select %s as cells offset 0) as d '
      'cross join lateral (select %s as is_plain offset 0) as i '
      'cross join lateral (select case when i.is_plain then %s else %s end as nutrition, ''serving'' as basis, '
      'i.is_plain as is_sound offset 0) as n',
      coalesce(v_plain.cells, 'null'), coalesce(v_plain.is_plain, 'false'), coalesce(v_plain.nutrition, 'null'),
      v_per_serving
    );
  end if;
  -- "offset 0" keeps the planner from writing the amount's expression out once for every nutrient.
  return format(
    'cross join lateral (select %s as amount, %s as is_per_100g offset 0) as q '
    'cross join lateral (select %s as per_serving, %s as per_100g offset 0) as v '
    'cross join lateral (select '
    'case when q.amount is not null or q.is_per_100g or v.per_serving is null or v.per_100g is null '
    'then nullif(coalesce(v.per_100g, ''{}'') || coalesce(v.per_serving, ''{}''), ''{}'') '
    'else v.per_serving end as nutrition, '
    'case when q.amount is not null or (v.per_serving is not null and not q.is_per_100g) then ''serving'' '
    'else ''100g'' end as basis, false as is_sound'
    ') as n',
    app.serving_expression(mapping),
    case when v_basis is null then 'false' else format('coalesce(%s ~ ''100'', false)', v_basis) end,
    coalesce(v_per_serving, 'null::jsonb'),
    coalesce(v_per_100g, 'null::jsonb')
  );
end;
$$;
comment on function app.nutrition_expression is
  'Lateral joins that give n.nutrition, n.basis and n.is_sound; null without nutrient columns.';

-- sql/ingestion/order_batches.sql
-- Which batches of a job wait for those before them: where a barcode is wanted by several products of the file, the
-- first row gets it, however the lanes of the merge run. Hashes of the digits alone are compared, so that every
-- notation of a barcode is found at little cost; a batch that waits without need loses only time.
create or replace function app.order_batches(job public.ingestion_jobs)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_table constant text := app.ingest_table((job).id);
  v_digest constant text := 'hashtextextended(ltrim(translate('
    || app.product_text_expression((job).mapping, 'barcode') || ', e'' \u00a0-''''"='', ''''), ''0''), 0)';
  v_repeated bigint[];
begin
  if v_digest is null then
    return;
  end if;
  v_repeated := app.repeated_digests(v_table, v_digest);
  if v_repeated is null then
    return;
  end if;
  execute format(
    'with wanted as materialized (select r.row_no, %1$s as digest from %2$s as r where %1$s = any ($2) '
    'and not exists (select from %3$s as s where s.row_no = r.row_no)), '
    'firsts as (select w.digest, min(w.row_no) as row_no from wanted as w group by w.digest) '
    'update app.ingestion_batches as b set waits = true '
    'where b.job_id = $1 and exists (select from wanted as w join firsts as f using (digest) '
    'where w.row_no between b.from_row and b.to_row and f.row_no < b.from_row)',
    v_digest, v_table, app.superseded_table((job).id)
  ) using (job).id, v_repeated;
end;
$$;
comment on function app.order_batches is 'Marks the batches of a job that wait for those before them.';

-- sql/ingestion/plain_nutrients.sql
-- The fast way for rows whose nutrients are bare digits, which nearly all are: one look at all cells of the row instead
-- of several at each. SQL expressions over a row `r`: the cells of the row in one text, here `d.cells`; whether the row
-- is such a row; and its nutrients as JSON then. Null where a nutrient has several columns or operations that do more
-- than tidy.
create or replace function app.plain_nutrients(
  mapping jsonb, prefix text, out cells text, out is_plain text, out nutrition text
)
language sql
stable
set search_path = ''
as $$
  select
    format('concat_ws('';'', %s, '''')', string_agg(format('r.c%s', c.position), ', ' order by f.field)),
    -- Numbers as JSON writes them, with a single zero at the end or none, of seven digits at most: none is out of
    -- bounds. A cell that holds the separator makes one too many of them.
    format(
      'd.cells ~ %L and octet_length(replace(d.cells, '';'', '''')) = octet_length(d.cells) - num_nonnulls(%s)',
      '^(?:(?:(?:0|[1-9][0-9]{0,6})(?:[.](?:0|[0-9]{0,5}[1-9]))?)?;)*$',
      string_agg(format('r.c%s', c.position), ', ' order by f.field)
    ),
    format(
      'nullif(replace(replace(''{'' || concat_ws('','', %s) || ''}'', ''.0,'', '',''), ''.0}'', ''}'')::jsonb, ''{}'')',
      string_agg(
        format(
          '%L || nullif(r.c%s, '''')', to_json(substr(f.field, length(plain_nutrients.prefix) + 1)) || ':', c.position
        ),
        ', ' order by f.field
      )
    )
  from jsonb_object_keys(plain_nutrients.mapping -> 'fields') as f (field)
  cross join lateral app.mapping_candidates(plain_nutrients.mapping, f.field) as c
  where starts_with(f.field, plain_nutrients.prefix)
  having count(*) = count(distinct f.field) and bool_and(app.linear_factor(c.ops) is not distinct from 1);
$$;
comment on function app.plain_nutrients is
  'Expressions for rows whose nutrients are bare digits; null where the mapping does more.';

-- sql/ingestion/plan_merge.sql
-- Between load and merge: finds what concerns the file as a whole (rows that later ones replace, new terms, barcodes
-- wanted twice), and divides the rows into batches. After a crash the same plan comes out again, and batches that were
-- merged stay merged.
create or replace function app.plan_merge(job_id uuid, message_id bigint)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_job public.ingestion_jobs := app.lock_running_job(plan_merge.job_id, 'plan');
  v_table constant text := app.ingest_table(plan_merge.job_id);
  v_rows constant bigint := (v_job.checkpoint ->> 'rows')::bigint;
  -- A batch takes two of these, the first and the last only one: so two lanes work out of step (one computes while the
  -- other waits for the disk) and end together. What two would not speed up is one batch.
  v_halves constant int := case when v_rows > 5000 then 2 * ceil(v_rows / 25000.0) else 1 end;
begin
  if not app.is_staging_intact(v_job.id) then
    perform app.restart_load(v_job.id, 'plan', plan_merge.message_id);
    return;
  end if;
  execute format(
    'create index if not exists %I on %s (row_no)',
    'ingest_' || replace(v_job.id::text, '-', '') || '_row_no_idx',
    v_table
  );
  -- Consecutive numbers: a small sample says all about them.
  execute format('alter table %s alter column row_no set statistics 1', v_table);
  execute format('analyze %s (row_no)', v_table);
  perform app.find_superseded_rows(v_job);
  if v_job.mode = 'products' then
    perform app.add_job_terms(v_job);
  end if;
  insert into app.ingestion_batches (job_id, batch_no, from_row, to_row)
  select
    v_job.id,
    b,
    greatest((2 * b - 3) * v_rows / v_halves, 0) + 1,
    least((2 * b - 1) * v_rows / v_halves, v_rows)
  from generate_series(1, v_halves / 2 + 1) as b
  where v_rows > 0
  on conflict do nothing;
  if v_job.mode = 'products' and v_halves > 1 then
    perform app.order_batches(v_job);
  end if;
  perform app.advance_job(v_job.id, case when v_rows > 0 then 'merge' else 'finalize' end, plan_merge.message_id,
    lanes => case when v_halves > 1 then 2 else 1 end);
  perform app.refresh_job_totals(v_job.id);
end;
$$;
comment on function app.plan_merge is 'Finds superseded rows, makes the batches of a job and queues its merge.';

-- sql/ingestion/preview_ingest.sql
-- The door to app.preview_ingest for the api.
create or replace function public.preview_ingest(
  mode text, headers text[], rows jsonb, requested jsonb default null, recognised jsonb default null
)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select app.preview_ingest(
    preview_ingest.mode, preview_ingest.headers, preview_ingest.rows, preview_ingest.requested,
    preview_ingest.recognised
  );
$$;
comment on function public.preview_ingest is
  'What a file''s columns are taken for, and what its first rows ([{"row_no", "cells"}]) would become; writes nothing. '
  'Needs vendor_operator.';
grant execute on function public.preview_ingest to authenticated;

-- sql/ingestion/preview_source.sql
-- The rows of a preview as staging statements read them: `$4` is [{"row_no", "cells": [...]}], blank cells are null as
-- COPY makes them.
create or replace function app.preview_source(mapping jsonb)
returns text
language sql
immutable
set search_path = ''
as $$
  select format(
    '(select (e.row ->> ''row_no'')::bigint as row_no, null::bigint as source_hash, %s'
    ' from jsonb_array_elements($4) as e (row))',
    string_agg(
      format('nullif(e.row -> ''cells'' ->> %s, '''') as c%s', (c ->> 'position')::int - 1, c ->> 'position'), ', '
    )
  )
  from jsonb_array_elements(preview_source.mapping -> 'columns') as c
  where c -> 'targets' <> '[]';
$$;
comment on function app.preview_source is 'Subquery over the rows of a preview with the columns a mapping reads.';

-- sql/ingestion/product_columns.sql
-- The columns of public.stg_products a mapping fills, each with its SQL expression over a row `r` of a job's table (and
-- `n`, see app.nutrition_expression). is_given is false for a name made up of brand and kind and for a currency that
-- only some price names: they are for new products, and leave those of known ones alone.
create or replace function app.product_columns(mapping jsonb)
returns table (name text, expression text, is_given boolean)
language sql
stable
set search_path = ''
as $$
  with text_column (name, expression, is_given) as materialized (
    select f.name, app.product_text_expression(product_columns.mapping, f.name),
      case f.name
        when 'name' then product_columns.mapping -> 'fields' ? 'name'
        when 'currency' then
          not product_columns.mapping #> '{fields,currency}' @> '[{"ops": [{"op": "currency_of"}]}]'
          or product_columns.mapping #> '{fields,currency,0,ops,0}' ? 'with'
        else true
      end
    from unnest(array['external_id', 'barcode', 'name', 'brand', 'description', 'short_description', 'category',
      'sub_category', 'cuisine', 'market', 'price', 'currency', 'status', 'ingredients', 'serving_size',
      'package_weight',
      'source_url']) as f (name)
  ),
  list_column (name, expression, is_given) as materialized (
    select f.name, app.mapped_list(product_columns.mapping, f.name), true
    from unnest(array['dietary_tags', 'allergens', 'may_contain', 'free_from', 'certifications', 'regulatory_codes'])
      as f (name)
  ),
  image_column (name, expression, is_given) as (
    select 'images', format('app.image_list(%s)', app.mapped_list(product_columns.mapping, 'image_url')), true
    where app.mapped_list(product_columns.mapping, 'image_url') is not null
  ),
  nutrition_column (name, expression, is_given) as (
    select f.name, f.expression, f.is_given
    from (
      values ('nutrition', 'n.nutrition', true),
        ('nutrition_basis', 'case when n.nutrition is not null then n.basis end', true),
        ('nutrition_is_sound', 'n.is_sound', false)
    ) as f (name, expression, is_given)
    where app.nutrition_expression(product_columns.mapping) is not null
  )
  select c.name, c.expression, c.is_given from text_column as c where c.expression is not null
  union all
  select c.name, c.expression, c.is_given from list_column as c where c.expression is not null
  union all
  select c.name, c.expression, c.is_given from image_column as c
  union all
  select c.name, c.expression, c.is_given from nutrition_column as c;
$$;
comment on function app.product_columns is 'Staging columns of products that a mapping fills, with their expressions.';

-- sql/ingestion/product_text_expression.sql
-- The SQL expression of one text field of a product, with the helpers that belong to it: units kept in a column of
-- their own, the household measure, a brand's sub-brand. A file without any name column (FoodData Central's food.csv,
-- the lists of an ERP) names a product by its description where that is short enough, else by its brand and kind.
create or replace function app.product_text_expression(mapping jsonb, field text)
returns text
language plpgsql
stable
set search_path = ''
as $$
declare
  v_own text := app.mapped_text(mapping, field);
  v_description text;
  v_parts text;
begin
  case field
    when 'name' then
      if v_own is not null then
        return v_own;
      end if;
      select string_agg(part, ', ') into v_parts
      from unnest(array[
        app.mapped_text(mapping, 'brand'), app.mapped_text(mapping, 'sub_brand'), app.mapped_text(mapping, 'category')
      ]) as part
      where part is not null;
      v_parts := 'nullif(concat_ws('' '', ' || v_parts || '), '''')';
      v_description := app.mapped_text(mapping, 'description');
      v_description := 'case when length(' || v_description || ') <= 200 then ' || v_description || ' end';
      return 'coalesce(' || nullif(
        concat_ws(', ', app.mapped_text(mapping, 'short_description'), v_description, v_parts), ''
      ) || ')';
    when 'serving_size' then
      return app.amount_with_unit(
        coalesce(v_own, app.mapped_text(mapping, 'serving_quantity')),
        coalesce(app.mapped_text(mapping, 'serving_size_unit'), case when v_own is null then quote_literal('g') end),
        app.mapped_text(mapping, 'household_serving')
      );
    when 'package_weight' then
      return app.amount_with_unit(v_own, app.mapped_text(mapping, 'package_weight_unit'), null);
    else
      return v_own;
  end case;
end;
$$;
comment on function app.product_text_expression is
  'Expression of a product''s text field including its helper columns; null when unmapped.';

-- sql/ingestion/products_given_fields.sql
-- The fields a file of products speaks about: an empty cell of one clears the stored value.
create or replace function app.products_given_fields(mapping jsonb)
returns text[]
language sql
stable
set search_path = ''
as $$
  select array(
    select c.name from app.product_columns(products_given_fields.mapping) as c where c.is_given order by c.name
  );
$$;
comment on function app.products_given_fields is 'Fields of products that a mapping fills.';

-- sql/ingestion/products_preview.sql
-- What a merge of products did, row by row, for a preview: read from the merge's work tables before it is undone.
create or replace function app.products_preview(vendor_id uuid)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
begin
  return (
    select coalesce(jsonb_agg(
    jsonb_build_object(
      'row_no', r.row_no,
      'outcome', coalesce(m.written, 'unchanged'),
      'stored', app.product_json(p)
    )
    order by r.row_no
  ), '[]')
  from pg_temp.merge_rows as r
  join public.products as p on p.vendor_id = products_preview.vendor_id and p.id = r.id
  left join pg_temp.merge_plan as m on m.row_no = r.row_no
  );
end;
$$;
comment on function app.products_preview is 'Rows of the merge just done with what is stored for each.';

-- sql/ingestion/purge_ingestion_errors.sql
-- Removes row errors of jobs that ended before the retention, and the word that there is an error file. The jobs with
-- their totals stay. A schedule calls it.
create or replace function app.purge_ingestion_errors(max_rows int, keep interval, at timestamptz default now())
returns int
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_before constant timestamptz := purge_ingestion_errors.at - purge_ingestion_errors.keep;
  v_removed int;
  v_changed int;
begin
  delete from public.ingestion_job_errors as e
  where e.id = any (array(
    select o.id
    from public.ingestion_jobs as j
    -- Job by job through the index: most old jobs have none left, and the table of errors is large.
    cross join lateral (
      select e.id from public.ingestion_job_errors as e where e.job_id = j.id limit purge_ingestion_errors.max_rows
    ) as o
    where j.finished_at < v_before
    limit purge_ingestion_errors.max_rows
  ));
  get diagnostics v_removed = row_count;
  update public.ingestion_jobs as j
  set error_url = null
  where j.id = any (array(
    select o.id
    from public.ingestion_jobs as o
    where o.finished_at < v_before and o.error_url is not null
    limit purge_ingestion_errors.max_rows
    for no key update skip locked
  ));
  get diagnostics v_changed = row_count;
  return greatest(v_removed, v_changed);
end;
$$;
comment on function app.purge_ingestion_errors is
  'Removes up to max_rows row errors of jobs that ended so long ago; returns how many.';

-- sql/ingestion/put_ingest_mapping.sql
-- The door to app.put_ingest_mapping for rpc() and the api; answers with the mapping in force.
create or replace function public.put_ingest_mapping(mode text, map jsonb)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform app.put_ingest_mapping(put_ingest_mapping.mode, put_ingest_mapping.map);
  return public.get_ingest_mapping(put_ingest_mapping.mode);
end;
$$;
comment on function public.put_ingest_mapping is
  'Saves the vendor''s mapping of a mode as a new version. Needs vendor_operator.';
grant execute on function public.put_ingest_mapping to authenticated;

-- sql/ingestion/raw_cell.sql
-- A cell as the errors of its row keep it: whole, or its beginning and a mark where it is longer than people correct by
-- hand. The mark is the same as in functions/_shared/ingest/split_records.ts.
create or replace function app.raw_cell(cell text)
returns text
language sql
immutable
parallel safe
set search_path = ''
as $$
  select case
    when length(raw_cell.cell) > 10000 then left(raw_cell.cell, 10000) || ' … (shortened)'
    else raw_cell.cell
  end;
$$;
comment on function app.raw_cell is 'A cell as row errors keep it, shortened where it is very long.';

-- sql/ingestion/read_ingest_step.sql
-- Takes the step whose turn it is out of the queue for `lease_seconds`. Messages nobody can act on are put away here:
-- unreadable ones archived, those of ended jobs deleted (settling and cleaning up come after the end), those of a
-- suspended vendor sent anew to be looked at in a minute. Null when nothing is due. One worker looks at a time, for a
-- moment: two that counted the running steps at once would both find room for one more.
create or replace function app.read_ingest_step(lease_seconds int, platform_concurrency int default 2)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_message_id bigint;
  v_message record;
  v_job public.ingestion_jobs;
begin
  perform pg_advisory_xact_lock(hashtextextended('ingest turn', 0));
  for v_attempt in 1 .. 20 loop
    v_message_id := app.next_ingest_message(
      read_ingest_step.lease_seconds, read_ingest_step.platform_concurrency
    );
    update pgmq.q_ingest as q
    set vt = clock_timestamp() + make_interval(secs => read_ingest_step.lease_seconds), read_ct = q.read_ct + 1
    where q.msg_id = v_message_id
    returning q.msg_id, q.read_ct, q.message into v_message;
    if v_message.msg_id is null then
      return null;
    end if;
    if not coalesce(pg_input_is_valid(v_message.message ->> 'job_id', 'uuid'), false)
      or coalesce(v_message.message ->> 'step', '') not in (
        'detect', 'load', 'plan', 'merge', 'sync', 'finalize', 'settle', 'cleanup'
      ) then
      perform pgmq.archive('ingest', v_message.msg_id);
      continue;
    end if;
    select j.* into v_job from public.ingestion_jobs as j where j.id = (v_message.message ->> 'job_id')::uuid;
    if v_job.id is null
      or (v_message.message ->> 'step' not in ('settle', 'cleanup')
        and (v_job.status <> 'running' or v_job.step <> v_message.message ->> 'step')) then
      perform pgmq.delete('ingest', v_message.msg_id);
      continue;
    end if;
    if not app.is_vendor_active(v_job.vendor_id) then
      perform pgmq.delete('ingest', v_message.msg_id);
      perform pgmq.send('ingest', v_message.message, 60);
      continue;
    end if;
    insert into app.ingest_turns as t (vendor_id, taken_at) values (v_job.vendor_id, clock_timestamp())
    on conflict on constraint ingest_turns_pkey do update set taken_at = excluded.taken_at;
    return jsonb_build_object(
      'message_id', v_message.msg_id,
      'read_count', v_message.read_ct,
      'step', v_message.message ->> 'step',
      'job', to_jsonb(v_job)
    );
  end loop;
  return null;
end;
$$;
comment on function app.read_ingest_step is 'Leases the next queued step together with its job.';

-- sql/ingestion/refresh_job_totals.sql
-- Derives a job's totals and progress from what is stored: the load's checkpoint and the merged batches. Derived, not
-- counted up, so a step that runs again cannot count twice. Half the bar is reading, half is merging.
create or replace function app.refresh_job_totals(job_id uuid)
returns void
language sql
volatile
set search_path = ''
as $$
  with merged as (
    select
      coalesce(sum((b.counts ->> 'valid')::bigint), 0) as valid,
      coalesce(sum((b.counts ->> 'failed')::bigint), 0) as failed,
      coalesce(sum((b.counts ->> 'inserted')::bigint), 0) as inserted,
      coalesce(sum((b.counts ->> 'updated')::bigint), 0) as updated,
      coalesce(sum((b.counts ->> 'unchanged')::bigint), 0) as unchanged
    from app.ingestion_batches as b
    where b.job_id = refresh_job_totals.job_id and b.merged_at is not null
  ),
  loaded as (
    select
      coalesce((j.checkpoint ->> 'offset')::bigint, 0) as bytes_read,
      coalesce((j.checkpoint ->> 'rows')::bigint, 0) as rows_read,
      coalesce((j.checkpoint ->> 'faulty')::bigint, 0) as faulty,
      greatest((j.totals ->> 'bytes')::numeric, 1) as bytes
    from public.ingestion_jobs as j
    where j.id = refresh_job_totals.job_id
  )
  update public.ingestion_jobs as j
  set totals = j.totals || jsonb_build_object(
        'bytes_read', case j.step when 'load'
          then greatest(l.bytes_read, (j.totals ->> 'bytes_read')::bigint) else l.bytes_read end,
        'rows_read', case j.step when 'load'
          then greatest(l.rows_read, (j.totals ->> 'rows_read')::bigint) else l.rows_read end,
        'rows_valid', m.valid,
        'rows_failed', l.faulty + m.failed,
        'inserted', m.inserted,
        'updated', m.updated,
        'unchanged', m.unchanged
      ),
      progress_pct = greatest(j.progress_pct, least(98, round(
        48 * least(l.bytes_read / l.bytes, 1)
        + case when j.step in ('merge', 'finalize')
          then 2 + 48 * (m.valid + m.failed)::numeric / greatest(l.rows_read - l.faulty, 1)
          else 0
        end, 2)))
  from merged as m, loaded as l
  where j.id = refresh_job_totals.job_id;
$$;
comment on function app.refresh_job_totals is
  'Sets a job''s totals and progress from its checkpoint and merged batches.';

-- sql/ingestion/repeated_digests.sql
-- The values of a hash over the rows `r` of a job's table that come more than once. A select of its own, sorted: so
-- parallel workers share it, which no insert allows, and hash no group by group what mostly comes once.
create or replace function app.repeated_digests(table_name text, digest text)
returns bigint[]
language plpgsql
volatile
set search_path = ''
set enable_hashagg = off
as $$
declare
  v_repeated bigint[];
begin
  execute format(
    'select array_agg(x.digest) from (select %1$s as digest from %2$s as r group by 1 having count(*) > 1) as x '
    'where x.digest is not null',
    repeated_digests.digest, repeated_digests.table_name
  ) into v_repeated;
  return v_repeated;
end;
$$;
comment on function app.repeated_digests is 'Hashes that more than one row of a job has; null when there are none.';

-- sql/ingestion/require_ingest_mode.sql
-- Refuses what cannot be ingested from files (yet), naming what can.
create or replace function app.require_ingest_mode(mode text)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  v_modes constant text[] := app.ingest_modes();
begin
  if require_ingest_mode.mode = any (v_modes) then
    return;
  end if;
  perform app.raise_problem(
    400,
    'invalid-input',
    format('Files of the mode %s cannot be ingested; allowed: %s.',
      coalesce(quote_ident(left(require_ingest_mode.mode, 40)), 'null'), array_to_string(v_modes, ', ')),
    jsonb_build_array(jsonb_build_object(
      'pointer', '/mode', 'code', 'invalid_value', 'detail', 'must be one of ' || array_to_string(v_modes, ', ')
    ))
  );
end;
$$;
comment on function app.require_ingest_mode is 'Problem 400 unless files of the mode can be ingested.';
grant execute on function app.require_ingest_mode to authenticated;

-- sql/ingestion/restart_load.sql
-- Sends a job back to the start of its file after its staging was lost. What was merged stays merged and counted.
create or replace function app.restart_load(job_id uuid, from_step text, message_id bigint)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_job public.ingestion_jobs := app.lock_running_job(restart_load.job_id, restart_load.from_step);
begin
  perform app.create_staging(v_job.id, array(select jsonb_array_elements_text(v_job.checkpoint -> 'positions')::int));
  update public.ingestion_jobs as j
  set checkpoint = j.checkpoint || jsonb_build_object(
        'offset', (j.checkpoint ->> 'first_offset')::bigint, 'rows', 0, 'faulty', 0
      ),
      attempt = j.attempt + 1
  where j.id = v_job.id;
  perform app.advance_job(v_job.id, 'load', restart_load.message_id);
end;
$$;
comment on function app.restart_load is 'Empties a job''s staging and queues its load from the first byte.';

-- sql/ingestion/retry_ingest_step.sql
-- Gives a step that failed another chance after a pause.
create or replace function app.retry_ingest_step(job_id uuid, message_id bigint, delay_seconds int)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform pgmq.set_vt('ingest', retry_ingest_step.message_id, retry_ingest_step.delay_seconds);
  update public.ingestion_jobs as j set attempt = j.attempt + 1
  where j.id = retry_ingest_step.job_id and j.status = 'running';
end;
$$;
comment on function app.retry_ingest_step is 'Hides a step''s message for a while and counts the attempt.';

-- sql/ingestion/save_load_progress.sql
-- Ends one piece of the load: in the transaction that stored the piece's rows, and only if the file was read up to
-- where the piece began. A second worker on the same piece gets OD010 and undoes its copy.
create or replace function app.save_load_progress(
  job_id uuid,
  from_offset bigint,
  to_offset bigint,
  rows bigint,
  faulty bigint,
  etag text default null
)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_job public.ingestion_jobs := app.lock_running_job(save_load_progress.job_id, 'load');
begin
  if (v_job.checkpoint ->> 'offset')::bigint <> save_load_progress.from_offset then
    raise exception 'piece at % is stored already', save_load_progress.from_offset using errcode = 'OD010';
  end if;
  update public.ingestion_jobs as j
  set checkpoint = j.checkpoint || jsonb_build_object(
    'offset', save_load_progress.to_offset,
    'rows', (j.checkpoint ->> 'rows')::bigint + save_load_progress.rows,
    'faulty', (j.checkpoint ->> 'faulty')::bigint + save_load_progress.faulty,
    'etag', coalesce(save_load_progress.etag, j.checkpoint ->> 'etag')
  )
  where j.id = save_load_progress.job_id;
  perform app.refresh_job_totals(save_load_progress.job_id);
end;
$$;
comment on function app.save_load_progress is
  'Moves the load''s checkpoint from one offset to the next, or raises OD010.';

-- sql/ingestion/send_ingest_step.sql
-- Puts the next step of a job into the queue, in the caller's transaction.
create or replace function app.send_ingest_step(job_id uuid, step text, delay_seconds int default 0)
returns bigint
language sql
volatile
set search_path = ''
as $$
  select s from pgmq.send(
    'ingest',
    jsonb_build_object('job_id', send_ingest_step.job_id, 'step', send_ingest_step.step),
    send_ingest_step.delay_seconds
  ) as s;
$$;
comment on function app.send_ingest_step is 'Queues a step of a job; returns the message''s id.';

-- sql/ingestion/serving_amount.sql
-- How many grams or millilitres a serving is: a text that says so ("1 cup (240 ml)"), or a bare number with its unit
-- apart.
-- Null when nothing says; a bare number alone could be anything.
create or replace function app.serving_amount(serving text, unit text default null)
returns numeric
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_plain constant numeric := substring(serving from '^([0-9]{1,5}(?:\.[0-9]{1,3})?) ?(?:g|ml)$')::numeric;
  v_text constant text := case
    when serving ~ '^\s*[0-9]+([.,][0-9]+)?\s*$' then serving || ' ' || unit
    else serving
  end;
  v_quantity record;
begin
  if v_plain > 0 then
    return trim_scale(v_plain);
  end if;
  if v_text is null then
    return null;
  end if;
  v_quantity := app.parse_quantity(v_text);
  return case when v_quantity.base_amount > 0 and v_quantity.base_amount <= 100000 then v_quantity.base_amount end;
end;
$$;
comment on function app.serving_amount is 'Grams or millilitres of a serving as written; null when unknown.';

-- sql/ingestion/serving_expression.sql
-- The SQL expression of a serving's weight or volume in g or ml: its own number column, or what the serving's text
-- says.
create or replace function app.serving_expression(mapping jsonb)
returns text
language plpgsql
stable
set search_path = ''
as $$
declare
  v_quantity text := app.mapped_text(mapping, 'serving_quantity');
  v_text text := app.mapped_text(mapping, 'serving_size');
  v_unit text := coalesce(app.mapped_text(mapping, 'serving_size_unit'), 'null::text');
  v_household text := app.mapped_text(mapping, 'household_serving');
  v_parts text[] := '{}';
begin
  if v_quantity is not null then
    v_parts := v_parts || format('app.serving_amount(%s, ''g'')', v_quantity);
  end if;
  if v_text is not null then
    v_parts := v_parts || format('app.serving_amount(%s, %s)', v_text, v_unit);
  end if;
  if v_household is not null then
    v_parts := v_parts || format('app.serving_amount(%s)', v_household);
  end if;
  if v_parts = '{}' then
    return 'null::numeric';
  end if;
  return 'coalesce(' || array_to_string(v_parts, ', ') || ')';
end;
$$;
comment on function app.serving_expression is 'Expression of a serving in g or ml over the columns of a loaded row.';

-- sql/ingestion/settle_catalogue.sql
-- What a vendor's products or customers need after a job: pending words flushed into the search index, fresh
-- statistics of the leaves (the cheap form: wide columns have none). Nothing when nothing changed.
create or replace function app.settle_catalogue(job_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_job public.ingestion_jobs;
  v_leaf regclass;
  v_index regclass;
begin
  select j.* into v_job from public.ingestion_jobs as j where j.id = settle_catalogue.job_id;
  if coalesce((v_job.totals ->> 'inserted')::bigint + (v_job.totals ->> 'updated')::bigint, 0) = 0 then
    return;
  end if;
  for v_leaf in
    select t.relid
    from pg_partition_tree(
      to_regclass(format(
        'partitions.%I',
        case v_job.mode when 'customers' then 'customers_' else 'products_' end
          || replace(v_job.vendor_id::text, '-', '')
      ))
    ) as t
    where t.isleaf
  loop
    for v_index in
      select i.indexrelid
      from pg_index as i
      join pg_class as c on c.oid = i.indexrelid
      join pg_am as m on m.oid = c.relam and m.amname = 'gin'
      where i.indrelid = v_leaf
    loop
      perform gin_clean_pending_list(v_index);
    end loop;
    execute format('analyze %s', v_leaf);
  end loop;
end;
$$;
comment on function app.settle_catalogue is 'Flushes search indexes and refreshes statistics of the vendor of a job.';

-- sql/ingestion/shrink_staging.sql
-- Gives back the space of the staging tables once they have grown beyond `most_bytes` and stand empty. Every batch
-- fills them and takes its rows out again in one transaction, and only what vacuum has found is filled anew. Never
-- waits: a table somebody works with is left for the next time. A schedule calls it; returns how many it emptied.
create or replace function app.shrink_staging(most_bytes bigint default 64 * 1024 * 1024)
returns int
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_table regclass;
  v_is_empty boolean;
  v_shrunk int := 0;
begin
  foreach v_table in array array['public.stg_products', 'public.stg_customers']::regclass[] loop
    continue when pg_table_size(v_table) <= shrink_staging.most_bytes;
    begin
      execute format('lock table %s in access exclusive mode nowait', v_table);
      execute format('select not exists (select from %s)', v_table) into v_is_empty;
      if v_is_empty then
        execute format('truncate %s', v_table);
        v_shrunk := v_shrunk + 1;
      end if;
    exception when lock_not_available then
      continue;
    end;
  end loop;
  return v_shrunk;
end;
$$;
comment on function app.shrink_staging is
  'Empties staging tables that hold nothing but the space of rows long merged; returns how many.';

-- sql/ingestion/stage_products_statement.sql
-- Compiles a mapping into the statement that stages rows: `$1` batch, `$2` and `$3` first and last row_no. `source` is
-- what a row `r` (row_no, source_hash, c1, c2, ...) comes from: a job's table, or the rows of a preview. A mode of
-- files is three functions: app.stage_<mode>_statement, app.<mode>_given_fields and app.merge_staged_<mode>.
create or replace function app.stage_products_statement(vendor_id uuid, job_id uuid, mapping jsonb, source text)
returns text
language sql
stable
set search_path = ''
as $$
  select format(
    'insert into public.stg_products (batch_id, row_no, vendor_id, job_id, source_hash, %s) '
    'select $1, r.row_no, %L, %s, r.source_hash, %s from %s as r %s where r.row_no between $2 and $3',
    string_agg(quote_ident(c.name), ', ' order by c.name),
    stage_products_statement.vendor_id,
    quote_nullable(stage_products_statement.job_id) || '::uuid',
    string_agg(c.expression, ', ' order by c.name),
    stage_products_statement.source,
    coalesce(app.nutrition_expression(stage_products_statement.mapping), '')
  )
  from app.product_columns(stage_products_statement.mapping) as c;
$$;
comment on function app.stage_products_statement is 'The INSERT ... SELECT that stages rows as products by a mapping.';

-- sql/ingestion/start_job_on_upload.sql
-- Lets a job start by itself when Storage records its file. Definer, because Storage writes as a role of its own that
-- has no business with our tables. A host that forbids triggers on storage.objects still has app.sweep_uploaded_files.
create or replace function app.start_job_on_upload()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  perform app.start_uploaded_job(new.name, (new.metadata ->> 'size')::bigint);
  return null;
exception when others then
  -- An upload must never fail because of us; the sweep will start the job.
  raise warning 'ingestion job of % not started by the trigger: %', new.name, sqlerrm;
  return null;
end;
$$;
comment on function app.start_job_on_upload is 'Trigger of storage.objects: starts the job whose upload is whole.';

do $$
begin
  create or replace trigger start_job_on_upload_trigger
  after insert or update of metadata on storage.objects
  for each row
  when (new.bucket_id = 'ingest' and new.metadata is not null)
  execute function app.start_job_on_upload();
exception when insufficient_privilege then
  raise notice 'No trigger on storage.objects; app.sweep_uploaded_files starts the jobs.';
end;
$$;

-- sql/ingestion/start_uploaded_job.sql
-- Starts the job a finished upload belongs to, once: whoever finds the job still waiting moves it on, everyone later
-- (a second trigger, the sweep) finds nothing to do. Returns whether this call started it.
create or replace function app.start_uploaded_job(object_name text, bytes bigint)
returns boolean
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_path constant text[] := string_to_array(start_uploaded_job.object_name, '/');
  v_job_id uuid;
begin
  if cardinality(v_path) <> 3 or v_path[3] <> 'upload'
    or not pg_input_is_valid(v_path[1], 'uuid') or not pg_input_is_valid(v_path[2], 'uuid') then
    return false;
  end if;
  update public.ingestion_jobs
  set status = 'running',
      step = 'detect',
      started_at = now(),
      totals = totals || jsonb_build_object('bytes', coalesce(start_uploaded_job.bytes, 0))
  where id = v_path[2]::uuid and vendor_id = v_path[1]::uuid and step = 'upload' and status = 'queued'
  returning id into v_job_id;
  if v_job_id is null then
    return false;
  end if;
  perform app.send_ingest_step(v_job_id, 'detect');
  return true;
end;
$$;
comment on function app.start_uploaded_job is
  'Moves the job of an uploaded object from upload to detect, exactly once.';

-- sql/ingestion/superseded_table.sql
-- The name of a job's own table of rows whose key comes again further down, quoted and qualified.
create or replace function app.superseded_table(job_id uuid)
returns text
language sql
immutable
parallel safe
set search_path = ''
as $$
  select format('app.%I', 'ingest_' || replace(superseded_table.job_id::text, '-', '') || '_superseded');
$$;
comment on function app.superseded_table is 'Qualified name of the unlogged table of a job''s superseded rows.';

-- sql/ingestion/sweep_uploaded_files.sql
-- Starts jobs whose upload is whole but which nobody started, and puts back steps whose message is gone (a queue
-- restored from a backup, a message archived by hand). Called by the worker now and then; returns how many it moved.
create or replace function app.sweep_uploaded_files()
returns int
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_moved int := 0;
  v_job record;
begin
  for v_job in
    select o.name, (o.metadata ->> 'size')::bigint as bytes
    from public.ingestion_jobs as j
    join storage.objects as o
      on o.bucket_id = 'ingest' and o.name = j.vendor_id || '/' || j.id || '/upload'
    where j.step = 'upload' and j.status = 'queued' and o.metadata is not null
  loop
    if app.start_uploaded_job(v_job.name, v_job.bytes) then
      v_moved := v_moved + 1;
    end if;
  end loop;
  for v_job in
    select j.id, j.step
    from public.ingestion_jobs as j
    where j.status = 'running' and j.step <> 'upload'
      and j.updated_at < now() - interval '2 minutes'
      and not exists (select from pgmq.q_ingest as q where q.message ->> 'job_id' = j.id::text)
    for update skip locked
  loop
    perform app.send_ingest_step(v_job.id, v_job.step);
    update public.ingestion_jobs as j set attempt = j.attempt + 1 where j.id = v_job.id;
    v_moved := v_moved + 1;
  end loop;
  return v_moved;
end;
$$;
comment on function app.sweep_uploaded_files is
  'Starts or revives jobs that no message stands for; safe to call at any time.';

-- sql/ingestion/validate_ingest_mapping.sql
-- Checks a mapping a person wrote, {"header": {"field", "ops"} | [...] | null}, before it is kept: unknown fields and
-- operations are named, each with its place.
create or replace function app.validate_ingest_mapping(mode text, map jsonb, pointer text)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  v_errors jsonb := '[]';
  v_entry record;
begin
  if jsonb_typeof(validate_ingest_mapping.map) is distinct from 'object'
    or not app.json_fits(validate_ingest_mapping.map, 131072) then
    perform app.raise_problem(400, 'invalid-input', 'A mapping is an object of headers, at most 128 KiB.',
      jsonb_build_array(jsonb_build_object(
        'pointer', validate_ingest_mapping.pointer, 'code', 'invalid', 'detail',
        'must be an object: header to {"field", "ops"}'
      )));
  end if;
  for v_entry in
    select t.header, t.target, t.pointer
    from app.mapping_targets(validate_ingest_mapping.map, validate_ingest_mapping.pointer) as t
    where t.target <> 'null'
  loop
    if jsonb_typeof(v_entry.target) <> 'object'
      or jsonb_typeof(v_entry.target -> 'field') is distinct from 'string' then
      v_errors := v_errors || jsonb_build_object('pointer', v_entry.pointer, 'code', 'invalid',
        'detail', 'must be {"field": "<field>", "ops": [...]}, a list of those, or null');
    elsif not app.is_mapping_field(validate_ingest_mapping.mode, v_entry.target ->> 'field') then
      v_errors := v_errors || jsonb_build_object('pointer', v_entry.pointer || '/field', 'code', 'unknown_field',
        'detail', 'is not a field of ' || validate_ingest_mapping.mode || '; docs/transform_operations.md lists them');
    elsif v_entry.target ? 'ops' then
      begin
        perform app.validate_operations(v_entry.target -> 'ops');
      exception when sqlstate 'PT400' then
        v_errors := v_errors || jsonb_build_object('pointer', v_entry.pointer || '/ops', 'code', 'unknown_operation',
          'detail', sqlerrm);
      end;
    end if;
  end loop;
  if v_errors <> '[]' then
    perform app.raise_problem(400, 'invalid-input',
      format('The mapping has %s places that cannot be used; the first: %s %s.',
        jsonb_array_length(v_errors), v_errors -> 0 ->> 'pointer', v_errors -> 0 ->> 'detail'),
      v_errors);
  end if;
end;
$$;
comment on function app.validate_ingest_mapping is
  'Problem 400 naming every place of a mapping that is not a known field or operation.';
grant execute on function app.validate_ingest_mapping to authenticated;

-- sql/ingestion/vendor_ingest_concurrency.sql
-- How many steps of one vendor may run at once: its own setting {"ingest": {"concurrency": 4}}, or else the platform's.
create or replace function app.vendor_ingest_concurrency(settings jsonb, platform_concurrency int)
returns int
language sql
immutable
parallel safe
set search_path = ''
as $$
  select case
    when pg_input_is_valid(settings #>> '{ingest,concurrency}', 'int')
      then greatest((settings #>> '{ingest,concurrency}')::int, 1)
    else platform_concurrency
  end;
$$;
comment on function app.vendor_ingest_concurrency is
  'Steps of a vendor that may run at once: settings.ingest.concurrency, or the platform''s number.';

-- sql/ingestion/vendor_mappings.sql
-- How one vendor's files name things, beyond what the synonyms know. Every change is a new version; the highest counts,
-- so that a finished job can still be explained.
create table if not exists public.vendor_mappings (
  id uuid not null default gen_random_uuid(),
  vendor_id uuid not null,
  mode text not null,
  map jsonb not null,
  version int not null default 1,
  created_by uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint vendor_mappings_pkey primary key (id),
  constraint one_map_per_version unique (vendor_id, mode, version),
  constraint vendor_exists foreign key (vendor_id) references public.vendors (id) on delete cascade,
  constraint mode_is_known check (mode in ('products', 'customers')),
  constraint map_is_an_object check (jsonb_typeof(map) = 'object')
);
comment on table public.vendor_mappings is
  'Header to field, per vendor and mode, in versions. Members read their vendor''s.';
comment on column public.vendor_mappings.id is 'Names the version.';
comment on column public.vendor_mappings.vendor_id is 'Whose files it is for.';
comment on column public.vendor_mappings.mode is 'products or customers.';
comment on column public.vendor_mappings.map is
  'Header to {"field", "ops"}, a list of those, or null for a column to leave out.';
comment on column public.vendor_mappings.version is 'Counts up from 1; the highest is in force.';
comment on column public.vendor_mappings.created_by is 'The member who saved it.';
comment on column public.vendor_mappings.created_at is 'When it was saved.';
comment on column public.vendor_mappings.updated_at is 'The same, since a version never changes.';

alter table public.vendor_mappings enable row level security;
alter table public.vendor_mappings force row level security;
create policy "members read the mappings of their vendor" on public.vendor_mappings
for select to authenticated
using (vendor_id = (select app.current_vendor_id()) and (select app.has_role('vendor_viewer')));
grant select on public.vendor_mappings to authenticated, service_role;
