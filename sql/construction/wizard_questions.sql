-- The questions that belong to a path of the taxonomy, in order, each with its block and that block's version. With
-- `versions` ({"block": version}) blocks named there come in that version, for a wizard that was opened before a
-- change; the others come in their latest. Null when a version is asked for that never was.
create or replace function app.wizard_questions(path text, versions jsonb default null)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_questions jsonb;
  v_is_whole boolean;
begin
  with applying as (
    select b.key, max(b.version) as latest
    from public.question_blocks as b
    where b.applies_to is null
      or wizard_questions.path = b.applies_to
      or starts_with(wizard_questions.path, b.applies_to || '/')
    group by b.key
  ),
  wanted as (
    select a.key, coalesce((wizard_questions.versions ->> a.key)::int, a.latest) as version
    from applying as a
  )
  select
    jsonb_agg(
      q.question || jsonb_build_object('block', b.key, 'version', b.version)
      order by b.position, b.key collate "C", q.number
    ) filter (where q.question is not null),
    bool_and(b.key is not null)
  into v_questions, v_is_whole
  from wanted as w
  left join public.question_blocks as b on b.key = w.key and b.version = w.version
  left join lateral jsonb_array_elements(b.questions) with ordinality as q (question, number) on true;
  return case when v_is_whole then coalesce(v_questions, '[]') end;
end;
$$;
comment on function app.wizard_questions is
  'Questions for a path of the construction taxonomy; null for an unknown version.';
grant execute on function app.wizard_questions to authenticated, service_role;
