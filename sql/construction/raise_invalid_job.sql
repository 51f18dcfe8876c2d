-- The one problem for a job that cannot be published.
create or replace function app.raise_invalid_job(errors jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform app.raise_problem(
    400, 'invalid-input',
    format(
      'The job: %s %s%s.', errors #>> '{0,pointer}', errors #>> '{0,detail}',
      case
        when jsonb_array_length(errors) > 1
        then format(' (and %s more, see errors)', jsonb_array_length(errors) - 1)
      end
    ),
    jsonb_path_query_array(errors, '$[0 to 99]')
  );
end;
$$;
comment on function app.raise_invalid_job is 'Problem 400 with the faults of a construction job.';
