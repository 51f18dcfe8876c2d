-- The super id an orchestrator sends along (header X-Super-Id), so that what starts here becomes part of its workflow.
-- Only recorded ids are taken: a mistyped one would tie the story to nothing. Definer: members may not read them.
create or replace function app.given_super_id()
returns uuid
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_given constant text := app.request_context() ->> 'super_id';
begin
  if v_given is null then
    return null;
  end if;
  if pg_input_is_valid(v_given, 'uuid')
    and exists (select from public.generated_super_ids as g where g.super_id = v_given::uuid) then
    return v_given::uuid;
  end if;
  perform app.raise_problem(400, 'invalid-input', 'X-Super-Id names no recorded super id.',
    jsonb '[{"pointer": "/X-Super-Id", "code": "unknown",
      "detail": "must be a super id from POST /super_ids, or be left out"}]');
end;
$$;
comment on function app.given_super_id is
  'The recorded super id of the request''s header X-Super-Id, null without one; problem 400 when it is not recorded.';
