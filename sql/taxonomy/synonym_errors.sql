-- What is wrong with the body of a synonym, as field errors. A patch may leave everything out; the space (mode or
-- domain) and the canonical word stay what they are.
create or replace function app.synonym_errors(kind text, synonym jsonb, is_patch boolean)
returns jsonb
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_fields jsonb := case
    when kind = 'headers' and is_patch then '{"synonyms": "strings", "transform_ops": "array", "confidence": "number"}'
    when kind = 'headers' then
      '{"mode": "string!", "canonical": "string!", "synonyms": "strings!", "transform_ops": "array",
        "confidence": "number"}'
    when is_patch then '{"synonyms": "strings"}'
    else '{"domain": "string!", "canonical": "string!", "synonyms": "strings!"}'
  end;
  v_errors jsonb := app.body_errors(synonym, v_fields);
  v_domains constant text[] := array[
    'allergen', 'condition', 'unit', 'diet', 'gender', 'activity', 'nutrient', 'certification', 'category', 'cuisine',
    'market'
  ];
begin
  if v_errors <> '[]' then
    return v_errors;
  end if;
  return (
    select coalesce(jsonb_agg(app.field_error(e.pointer, e.code, e.detail)), '[]')
    from (
      select '/mode' as pointer, 'invalid_value' as code, 'must be products or customers' as detail
      where synonym ->> 'mode' not in ('products', 'customers')
      union all
      select '/domain', 'invalid_value', 'must be one of ' || array_to_string(v_domains, ', ')
      where synonym ->> 'domain' <> all(v_domains)
      union all
      select '/canonical', 'invalid_format', 'must be lower case letters, digits and underscores'
      where kind = 'values' and synonym ->> 'canonical' !~ '^[a-z0-9][a-z0-9_]{0,63}$'
      union all
      select '/confidence', 'invalid_value', 'must be from 0 to 1'
      where (synonym ->> 'confidence')::numeric not between 0 and 1
      union all
      select '/synonyms/' || (s.place - 1), 'invalid_value', 'must hold a letter or digit and at most 200 characters'
      from jsonb_array_elements_text(synonym -> 'synonyms') with ordinality as s (word, place)
      where app.fold_token(s.word) = '' or app.fold_header(s.word) = '' or length(s.word) > 200
    ) as e
  ) || case when synonym ? 'transform_ops' then app.operation_faults(synonym -> 'transform_ops') else '[]' end;
end;
$$;

comment on function app.synonym_errors(text, jsonb, boolean) is 'Field errors of the body of a synonym.';

grant execute on function app.synonym_errors(text, jsonb, boolean) to authenticated, service_role;
