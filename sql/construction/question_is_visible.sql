-- Whether a question is to be asked, given the other answers: always, or where the question it depends on was answered
-- with one of the values it waits for (one of several, for a multi).
create or replace function app.question_is_visible(question jsonb, answers jsonb)
returns boolean
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_condition jsonb := question -> 'visible_if';
  v_answer jsonb := answers -> (v_condition ->> 'question');
begin
  return v_condition is null
    or coalesce(v_condition -> 'one_of' @> v_answer, false)
    or jsonb_typeof(v_answer) = 'array' and exists (
      select from jsonb_array_elements(v_answer) as a (value) where v_condition -> 'one_of' @> a.value
    );
end;
$$;
comment on function app.question_is_visible is 'Whether the other answers make a wizard question visible.';
