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
