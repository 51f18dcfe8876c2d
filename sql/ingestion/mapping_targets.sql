-- The entries of a mapping one by one: a header may name one field, several, or none (null: leave the column out).
create or replace function app.mapping_targets(map jsonb, pointer text default '')
returns table (header text, target jsonb, pointer text)
language sql
immutable
parallel safe
set search_path = ''
as $$
  select
    e.key,
    t.target,
    mapping_targets.pointer || '/' || replace(replace(e.key, '~', '~0'), '/', '~1')
      || case when jsonb_typeof(e.value) = 'array' then '/' || (t.place - 1) else '' end
  from jsonb_each(mapping_targets.map) as e
  cross join lateral jsonb_array_elements(
    case when jsonb_typeof(e.value) = 'array' then e.value else jsonb_build_array(e.value) end
  ) with ordinality as t (target, place);
$$;
comment on function app.mapping_targets is 'Header, target and JSON pointer of every entry of a mapping.';
grant execute on function app.mapping_targets to authenticated;
