-- The counts of a facet times a factor.
create or replace function app.scale_facet(counts jsonb, factor double precision)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
begin
  if factor = 1 then
    return counts;
  end if;
  return coalesce(
    (
      select jsonb_agg(jsonb_set(c.value, '{count}', to_jsonb(round((c.value -> 'count')::numeric * factor::numeric)))
        order by c.place)
      from jsonb_array_elements(counts) with ordinality as c (value, place)
    ),
    '[]'
  );
end;
$$;

comment on function app.scale_facet is 'The counts of a facet times a factor.';
