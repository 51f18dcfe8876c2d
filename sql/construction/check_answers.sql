-- Holds a job's answers to the questions: each answered one fits, each required one that is visible is answered, none
-- is answered that is hidden or was never asked. A list of {pointer, code, detail}; empty when all is well. Of a
-- service we do not know (`is_known` false) other answers may come too: nobody here can judge them.
create or replace function app.check_answers(questions jsonb, answers jsonb, is_known boolean default true)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_errors jsonb := '[]';
  v_question jsonb;
  v_id text;
  v_answer jsonb;
  v_fault jsonb;
begin
  for v_question in select q.question from jsonb_array_elements(check_answers.questions) as q (question) loop
    v_id := v_question ->> 'id';
    v_answer := nullif(check_answers.answers -> v_id, 'null');
    if v_answer is null then
      v_fault := case
        when (v_question ->> 'required')::boolean
          and app.question_is_visible(v_question, check_answers.answers)
        then jsonb '{"code": "required", "detail": "is required; answer the question"}'
      end;
    elsif not app.question_is_visible(v_question, check_answers.answers) then
      v_fault := jsonb_build_object(
        'code', 'not_applicable',
        'detail', format('is not asked after this answer to %s; leave it out', v_question #>> '{visible_if,question}')
      );
    else
      v_fault := app.answer_fault(v_question, v_answer);
    end if;
    if v_fault is not null then
      v_errors := v_errors || jsonb_build_object(
        'pointer', '/answers/' || v_id || coalesce(v_fault ->> 'pointer', ''),
        'code', v_fault ->> 'code',
        'detail', v_fault ->> 'detail'
      );
    end if;
  end loop;
  if not check_answers.is_known then
    return v_errors;
  end if;
  return v_errors || coalesce(
    (
      select jsonb_agg(jsonb_build_object(
        'pointer', '/answers/' || replace(replace(k.id, '~', '~0'), '/', '~1'),
        'code', 'unknown_field',
        'detail', 'is no question of this service; remove it'
      ) order by k.id)
      from jsonb_object_keys(check_answers.answers) as k (id)
      where not exists (
        select from jsonb_array_elements(check_answers.questions) as q (question) where q.question ->> 'id' = k.id
      )
    ),
    '[]'
  );
end;
$$;
comment on function app.check_answers is 'Faults of a job''s answers as [{pointer, code, detail}]; [] for none.';
