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
