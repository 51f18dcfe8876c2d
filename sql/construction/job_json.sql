-- A construction job as its owner sees it; slug and uuid also by the names that the wizard has for them.
create or replace function app.job_json(job public.jobs)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return jsonb_build_object(
    'id', job.id,
    'micro_id', job.micro_id,
    'micro_uuid', job.micro_uuid,
    'microId', job.micro_id,
    'microUuid', job.micro_uuid,
    'status', job.status,
    'answers', job.answers,
    'question_versions', job.question_versions,
    'location', job.location,
    'budget', job.budget::text,
    'currency', job.currency,
    'owner_id', job.owner_id,
    'created_at', job.created_at,
    'updated_at', job.updated_at
  );
end;
$$;
comment on function app.job_json is 'A construction job as the API shows it.';
grant execute on function app.job_json to authenticated, service_role;
