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
