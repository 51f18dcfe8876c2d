-- The 20 most frequent dietary tags.
create or replace function app.count_tags(facet_rows app.facet_row[])
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return coalesce(
    (
      select jsonb_agg(jsonb_build_object('value', t.tag, 'count', t.count) order by t.count desc, t.tag collate "C")
      from (
        select u.tag, count(*) as count
        from unnest(facet_rows) as r
        cross join unnest(r.dietary_tags) as u (tag)
        group by 1
        order by 2 desc, 1
        limit 20
      ) as t
    ),
    '[]'
  );
end;
$$;

comment on function app.count_tags is 'Counts matches by dietary tag.';
