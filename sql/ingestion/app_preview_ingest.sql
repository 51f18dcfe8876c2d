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
