-- The fault of an answer that must be one of the options.
create or replace function app.choice_fault(question jsonb, answer jsonb)
returns jsonb
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  if jsonb_typeof(answer) = 'string'
    and question -> 'options' @> jsonb_build_array(jsonb_build_object('value', answer))
  then
    return null;
  end if;
  return jsonb_build_object(
    'code', 'invalid_value',
    'detail', 'must be one of '
    || (
      select string_agg(o.option ->> 'value', ', ' order by o.number)
      from jsonb_array_elements(question -> 'options') with ordinality as o (option, number)
    )
  );
end;
$$;
comment on function app.choice_fault is 'Fault of an answer to a single question; null for none.';
