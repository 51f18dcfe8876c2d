-- Which members of a source's records fill which fields, decided anew when a page brings members not met before; the
-- connector's own mapping goes first. A sync whose records nothing identifies ends with what it saw.
create or replace function app.compile_sync_mapping(job public.ingestion_jobs, headers text[])
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_mapping jsonb;
begin
  if (job).mapping is not null and jsonb_array_length((job).mapping -> 'columns') = cardinality(headers) then
    return (job).mapping;
  end if;
  v_mapping := app.compile_ingest_mapping((job).vendor_id, 'products', headers, (
    select c.mapping from public.connectors as c
    where c.vendor_id = (job).vendor_id and c.source = (job).params ->> 'source'
  ));
  if not v_mapping -> 'fields' ? 'external_id' then
    perform app.raise_sync_fault(
      'no_identity_column',
      format('No member of the records identifies them. They have: %s.', array_to_string(headers[:40], ', ')),
      'Map one of these members to external_id in `mapping` of the connector, then sync again.'
    );
  end if;
  return v_mapping;
end;
$$;
comment on function app.compile_sync_mapping is 'The mapping of a sync over all members its records had so far.';
