-- What files can hold. customers joins when its tables and its merge exist.
create or replace function app.ingest_modes()
returns text[]
language sql
stable
set search_path = ''
as $$
  select array['products'] || case
    when to_regprocedure('app.merge_staged_customers(uuid, text)') is not null then array['customers']
    else '{}'::text[]
  end;
$$;
comment on function app.ingest_modes is 'The modes of POST /v1/ingest/csv that this database can carry out.';
grant execute on function app.ingest_modes to authenticated;
