-- What a run has made so far. Users are counted where they are, so that the figure cannot drift from the truth.
create or replace function app.generation_totals(run public.generation_runs)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select jsonb_build_object(
      'patients', count(*) filter (where p.role = 'patient'),
      'therapists', count(*) filter (where p.role = 'therapist'),
      'check_ins', run.check_ins_created,
      'failed', run.users_failed,
      'retries', run.retries,
      'duplicates', run.duplicates,
      'compensations', run.compensations
    )
    from public.profiles as p
    where p.run_id = run.id
  );
end;
$$;
comment on function app.generation_totals is
  'patients, therapists, check_ins, failed, retries, duplicates and compensations of a run.';
