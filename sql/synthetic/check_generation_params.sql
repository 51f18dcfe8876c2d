-- What is wrong with the parameters of a run, all faults at once.
create or replace function app.check_generation_params(params jsonb)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  v_errors jsonb;
begin
  select jsonb_agg(jsonb_build_object('pointer', e.pointer, 'code', 'invalid', 'detail', e.detail)) into v_errors
  from (
    select
      '/' || b.name as pointer,
      format('A whole number from 0 to %s.', b.most) as detail,
      jsonb_typeof(params -> b.name) = 'number' and params ->> b.name ~ '^\d{1,9}$'
        and (params ->> b.name)::bigint <= b.most as holds
    from (values ('patients_count', 10000), ('therapists_count', 1000), ('checkins_per_user', 1000)) as b (name, most)
    union all
    select '/mood_pattern', 'stable, improving, declining, volatile, seasonal or crisis_and_recovery.',
      params ->> 'mood_pattern' in (
        'stable', 'improving', 'declining', 'volatile', 'seasonal', 'crisis_and_recovery'
      )
    union all
    select '/seed', 'A whole number from 0 to 4294967295.',
      coalesce(params ->> 'seed' ~ '^\d{1,10}$' and (params ->> 'seed')::bigint <= 4294967295, false)
    union all
    select '/start_date', 'A date from 1900-01-01 to 2100-12-31.',
      case
        when params ->> 'start_date' ~ '^\d{4}-\d\d-\d\d$' and pg_input_is_valid(params ->> 'start_date', 'date')
          then (params ->> 'start_date')::date between '1900-01-01' and '2100-12-31'
      end
    union all
    select '/locale', 'A locale such as en or pt_BR.', coalesce(params ->> 'locale' ~ '^[a-z]{2}(_[A-Z]{2})?$', false)
  ) as e
  where e.holds is not true;
  if v_errors is null and (params ->> 'patients_count')::int * (params ->> 'checkins_per_user')::int > 2000000 then
    v_errors := '[{"pointer": "/checkins_per_user", "code": "out_of_range", "detail": "At most 2000000 in all."}]';
  end if;
  if v_errors is null and (params ->> 'patients_count')::int + (params ->> 'therapists_count')::int = 0 then
    v_errors := '[{"pointer": "/patients_count", "code": "out_of_range", "detail": "At least one user in all."}]';
  end if;
  if v_errors is not null then
    perform app.raise_problem(400, 'invalid-input', 'No data can be generated from this.', v_errors);
  end if;
end;
$$;
comment on function app.check_generation_params is 'Problem 400 that names each parameter of a run that is not sound.';
