-- Publishes a construction job in the caller's name. Fields come by the table's names or, as GET
-- /construction/questions gives them, as microId and microUuid. Answers are held to the questions of the service, in
-- the versions that
-- `question_versions` names. A known slug gets its uuid even when the wizard had to go without (fallback); an unknown
-- one is kept as it is. Definer, because the owner's row in users may have to be made, and clients write no jobs.
create or replace function app.publish_job(job jsonb)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_owner_id uuid := app.ensure_signed_in_user();
  v_id_name text := case when job ? 'microId' then 'microId' else 'micro_id' end;
  v_uuid_name text := case when job ? 'microUuid' then 'microUuid' else 'micro_uuid' end;
  v_slug text := app.to_construction_slug(job ->> v_id_name);
  v_errors jsonb;
  v_answers jsonb;
  v_found record;
  v_questions jsonb;
  v_job public.jobs;
begin
  if jsonb_typeof(job) is distinct from 'object' then
    perform app.raise_problem(400, 'invalid-input', 'A job is a JSON object.');
  end if;
  v_errors := app.job_input_errors(job);
  if v_slug is null then
    v_errors := v_errors || jsonb_build_object(
      'pointer', '/' || v_id_name,
      'code', case when job ->> v_id_name is null then 'required' else 'invalid_format' end,
      'detail', 'must be the slug of a service, such as wall-painting'
    );
  end if;
  if v_errors <> '[]' then
    perform app.raise_invalid_job(v_errors);
  end if;

  v_answers := coalesce(nullif(job -> 'answers', 'null'), '{}');
  v_found := app.wizard_path(array[v_slug]);
  v_questions := app.wizard_questions(v_found.path, nullif(job -> 'question_versions', 'null'));
  if lower(job ->> v_uuid_name) <> coalesce(v_found.micro_uuid::text, '') then
    v_errors := v_errors || jsonb_build_object(
      'pointer', '/' || v_uuid_name, 'code', 'invalid_value',
      'detail', format('does not belong to %s; send the pair that the questions came with, or the slug alone', v_slug)
    );
  end if;
  if v_questions is null then
    v_errors := v_errors || jsonb '{
      "pointer": "/question_versions", "code": "invalid_value", "detail": "names a version that never was"
    }';
  else
    v_errors := v_errors || app.check_answers(v_questions, v_answers, v_found.micro_uuid is not null);
  end if;
  if v_errors <> '[]' then
    perform app.raise_invalid_job(v_errors);
  end if;

  insert into public.jobs as j (
    owner_id, micro_id, micro_uuid, answers, question_versions, location, budget, currency
  )
  values (
    v_owner_id, v_slug, v_found.micro_uuid, v_answers,
    (
      select coalesce(jsonb_object_agg(q.question ->> 'block', q.question -> 'version'), '{}')
      from jsonb_array_elements(v_questions) as q (question)
    ),
    nullif(job -> 'location', 'null'), (job ->> 'budget')::numeric, coalesce(job ->> 'currency', 'USD')
  )
  returning j.* into v_job;
  return app.job_json(v_job);
end;
$$;
comment on function app.publish_job is
  'Checks and publishes a construction job of the caller; problem 400 names each field.';
grant execute on function app.publish_job to authenticated;
