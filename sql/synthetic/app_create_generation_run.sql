-- Notes a run and mints its super id, in one transaction. The worker gets a message of every run: at once of one with
-- more users than the request can serve, else when the request must be over, to go on where a killed one ended and to
-- look for users left half made. Definer, because nobody may write runs; superadmins and the service key only.
create or replace function app.create_generation_run(params jsonb)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_inline_users constant int := 200;
  v_request_seconds constant int := 180;
  v_id uuid := gen_random_uuid();
  v_requested_by text := app.current_claims() ->> 'appwrite_user_id';
  v_run public.generation_runs;
begin
  perform app.require_platform();
  perform app.check_generation_params(create_generation_run.params);
  insert into public.generation_runs (id, super_id, params, users_total, requested_by)
  values (
    v_id,
    app.start_workflow(v_requested_by, jsonb_build_object('workflow', 'generate_data', 'run_id', v_id)),
    create_generation_run.params,
    (params ->> 'patients_count')::int + (params ->> 'therapists_count')::int,
    v_requested_by
  )
  returning * into strict v_run;
  perform pgmq.send(
    'generation', jsonb_build_object('run_id', v_run.id),
    case when v_run.users_total > v_inline_users then 0 else v_request_seconds end
  );
  perform app.write_audit('generation.created', 'generation_run', v_run.id::text, after => v_run.params);
  return app.generation_run_json(v_run) || jsonb_build_object('queued', v_run.users_total > v_inline_users);
end;
$$;
comment on function app.create_generation_run is
  'Makes a run with its super id; `queued` tells whether the worker does it. Problems 400 and 403.';
grant execute on function app.create_generation_run to authenticated, service_role;
