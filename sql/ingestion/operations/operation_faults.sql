-- What is wrong with a list of operations, as field errors below a JSON pointer; an empty list when nothing is.
-- "split" makes a list and must therefore be last.
create or replace function app.operation_faults(ops jsonb, pointer text default '/transform_ops')
returns jsonb
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_faults jsonb := '[]';
  v_place text;
  v_step record;
  v_known record;
  v_argument record;
begin
  if jsonb_typeof(ops) is distinct from 'array' or jsonb_array_length(ops) > 20 then
    return jsonb_build_array(app.field_error(pointer, 'type', 'Operations are a list of at most 20.'));
  end if;
  for v_step in
    select
      e.position - 1 as index,
      case jsonb_typeof(e.step) when 'string' then e.step #>> '{}' when 'object' then e.step ->> 'op' end as name,
      case jsonb_typeof(e.step) when 'object' then e.step - 'op' else '{}' end as arguments,
      e.position = jsonb_array_length(ops) as is_last
    from jsonb_array_elements(ops) with ordinality as e (step, position)
  loop
    v_place := pointer || '/' || v_step.index;
    select o.* into v_known from app.transform_operations() as o where o.name = v_step.name;
    if not found then
      v_faults := v_faults || app.field_error(
        v_place, 'unknown_operation',
        format(
          '"%s" is no operation. The operations are %s.', coalesce(v_step.name, '?'),
          (select string_agg(o.name, ', ') from app.transform_operations() as o)
        )
      );
      continue;
    end if;
    if v_step.name = 'split' and not v_step.is_last then
      v_faults := v_faults || app.field_error(v_place, 'order', '"split" makes a list, so it comes last.');
    end if;
    for v_argument in
      select
        coalesce(k.key, g.key) as key, g.value, k.value as type,
        case btrim(k.value, '?')
          when 'string' then jsonb_typeof(g.value) = 'string'
          when 'number' then jsonb_typeof(g.value) = 'number'
          when 'integer' then g.value::text ~ '^-?\d{1,2}$'
          when 'object' then jsonb_typeof(g.value) = 'object'
          when 'strings' then jsonb_typeof(g.value) = 'array'
        end as fits
      from jsonb_each_text(v_known.arguments) as k
      full join jsonb_each(v_step.arguments) as g on g.key = k.key
    loop
      if v_argument.type is null then
        v_faults := v_faults || app.field_error(
          v_place || '/' || v_argument.key, 'unknown_argument',
          format('"%s" takes no argument "%s".', v_step.name, v_argument.key)
        );
      elsif (v_argument.value is null and v_argument.type not like '%?') or not v_argument.fits then
        v_faults := v_faults || app.field_error(
          v_place || '/' || v_argument.key, 'argument',
          format('"%s" needs "%s" (%s).', v_step.name, v_argument.key, btrim(v_argument.type, '?'))
        );
      end if;
    end loop;
  end loop;
  return v_faults;
end;
$$;

comment on function app.operation_faults(jsonb, text) is
  'Field errors of a list of transform operations; empty when it can run.';

grant execute on function app.operation_faults(jsonb, text) to authenticated, service_role;
