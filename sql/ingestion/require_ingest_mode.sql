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
