-- What is wrong with the plain fields of a job on its way in; the answers are held to the questions elsewhere.
create or replace function app.job_input_errors(job jsonb)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_errors jsonb := '[]';
  v_known constant text[] := array[
    'micro_id', 'microId', 'micro_uuid', 'microUuid', 'answers', 'question_versions', 'location', 'budget', 'currency'
  ];
begin
  select coalesce(jsonb_agg(jsonb_build_object(
    'pointer', '/' || k.name, 'code', 'unknown_field', 'detail', 'is not known here; remove it or correct its name'
  ) order by k.name), '[]') into v_errors
  from jsonb_object_keys(job) as k (name)
  where k.name <> all (v_known);
  if coalesce(jsonb_typeof(job -> 'answers'), 'object') not in ('object', 'null') then
    v_errors := v_errors || jsonb '{"pointer": "/answers", "code": "invalid_type", "detail": "must be an object"}';
  elsif not app.json_fits(coalesce(job -> 'answers', '{}'), 65536) then
    v_errors := v_errors || jsonb '{"pointer": "/answers", "code": "too_big", "detail": "must be at most 64 KiB"}';
  end if;
  if coalesce(jsonb_typeof(job -> 'question_versions'), 'object') not in ('object', 'null')
    or jsonb_path_exists(
      job, '$.question_versions.* ? (@.type() != "number" || @ < 1 || @ > 1000000 || @ != @.floor())'
    )
  then
    v_errors := v_errors || jsonb '{
      "pointer": "/question_versions", "code": "invalid_type", "detail": "must be an object of block: version"
    }';
  end if;
  if coalesce(jsonb_typeof(job -> 'location'), 'object') not in ('object', 'string', 'null')
    or not app.json_fits(coalesce(job -> 'location', '{}'), 2048)
  then
    v_errors := v_errors || jsonb '{
      "pointer": "/location", "code": "invalid_type", "detail": "must be a text or an object of at most 2 KiB"
    }';
  end if;
  if app.is_money(job ->> 'budget') is false or jsonb_typeof(job -> 'budget') not in ('number', 'string', 'null') then
    v_errors := v_errors || jsonb '{
      "pointer": "/budget", "code": "invalid_format", "detail": "must be an amount such as 1500.00"
    }';
  end if;
  if job ->> 'currency' !~ '^[A-Z]{3}$' then
    v_errors := v_errors || jsonb '{
      "pointer": "/currency", "code": "invalid_format", "detail": "must be a currency code such as USD"
    }';
  end if;
  return v_errors;
end;
$$;
comment on function app.job_input_errors is
  'Faults of the plain fields of a job as [{pointer, code, detail}]; [] for none.';
