-- Compiles operations around a SQL expression: '["trim", {"op": "scale", "by": 2}]' around r.c3 gives
-- app.op_scale(app.op_trim(r.c3), "by" => '2'). Names come from the registry and arguments are quoted, so the result is
-- as safe as the expression given. With as_list the result is text[]: split is added unless it is there.
create or replace function app.operations_expression(ops jsonb, expression text, as_list boolean default false)
returns text
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_result text := expression;
  v_name text;
  v_step jsonb;
  -- Nearly every cell holds nothing of this: then operations that only tidy text are not called.
  untidy constant text :=
    '[&<_*\u0001-\u001f\u007f\u0085\u00a0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u3000\ufeff]|  |^ | $';
  tidying constant text[] := '{trim,collapse_blanks,decode_entities,strip_html,strip_emphasis}';
  v_idle text[] := '{}';
begin
  perform app.validate_operations(ops);
  for v_step in select e.step from jsonb_array_elements(ops) as e (step) loop
    v_name := case jsonb_typeof(v_step) when 'string' then v_step #>> '{}' else v_step ->> 'op' end;
    -- When the step leaves a cell as it is; null where only the operation itself can tell.
    v_idle := array_append(v_idle, case
      when v_name = any (tidying) then format('%s !~ %L', expression, untidy)
      when v_name in ('first', 'last') and v_step ->> 'by' <> '' then format(
        '%1$s !~ %2$L and strpos(%1$s, %3$L) = 0',
        expression, '^[[:space:]\u00a0]|[[:space:]\u00a0]$|^\[', v_step ->> 'by'
      )
      when v_name = 'prefix_strip'
        then format('not starts_with(lower(%s), %L)', expression, lower(v_step ->> 'prefix'))
      when v_name = 'money' then format('%s ~ %L', expression, '^(?:0|[1-9][0-9]{0,9})(?:\.[0-9]{1,2})?$')
      when v_name = 'currency' then format('%s ~ %L', expression, '^[A-Z]{3}$')
      when v_name = 'lower' then format('%s ~ %L', expression, '^[a-z_]+$')
      when v_name = 'map' then format(
        '%1$s ~ %2$L and %1$s <> all (%3$L::text[])',
        expression, '^[a-z_]+$',
        (select array_agg(app.fold_text(m.key)) from jsonb_object_keys(v_step -> 'values') as m (key))
      )
    end);
    -- A table of words is folded here, once, instead of for every cell. The value stands in it twice: short ones only.
    if v_name = 'map' and v_step -> 'values' <> '{}' and length(v_result) < 1000 then
      select format(
        'case app.fold_text(%1$s) %2$s else %1$s end',
        v_result,
        string_agg(
          format('when %L then coalesce(%L, %s)', app.fold_text(m.key), m.value, v_result), ' ' order by m.place
        )
      )
      into v_result
      from jsonb_each_text(v_step -> 'values') with ordinality as m (key, value, place);
      continue;
    end if;
    v_result := format('app.%I(%s', 'op_' || v_name, v_result);
    if jsonb_typeof(v_step) = 'object' then
      v_result := v_result || coalesce(
        (
          select string_agg(format(', %s => %L', quote_ident(a.key), a.value), '' order by a.key)
          from jsonb_each_text(v_step - 'op') as a
        ), ''
      );
    end if;
    v_result := v_result || ')';
  end loop;
  if cardinality(v_idle) > 0 and array_position(v_idle, null) is null then
    v_result := format('case when %s then %s else %s end', (
      select string_agg(distinct i.condition, ' and ' order by i.condition) from unnest(v_idle) as i (condition)
    ), expression, v_result);
  end if;
  if as_list and v_name is distinct from 'split' then
    v_result := format('app.op_split(%s)', v_result);
  end if;
  return v_result;
end;
$$;

comment on function app.operations_expression(jsonb, text, boolean) is
'The SQL expression that applies a list of transform operations to an expression.';

grant execute on function app.operations_expression(jsonb, text, boolean) to authenticated, service_role;
