-- What is wrong with one answer: {"code", "detail"} and, where it is a part of the answer, "pointer" below it. Null
-- when it fits its question.
create or replace function app.answer_fault(question jsonb, answer jsonb)
returns jsonb
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  return case question ->> 'type'
    when 'single' then app.choice_fault(question, answer)
    when 'multi' then app.choices_fault(question, answer)
    when 'number' then app.number_fault(question, answer)
    when 'text' then app.text_fault(question, answer)
    when 'date' then app.date_fault(answer)
    when 'photos' then app.photos_fault(question, answer)
    else jsonb '{"code": "unknown_field", "detail": "cannot be answered"}'
  end;
end;
$$;
comment on function app.answer_fault is 'What is wrong with an answer to a wizard question; null for nothing.';
