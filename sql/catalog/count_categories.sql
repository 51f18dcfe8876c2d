-- The 20 most frequent categories, with what to call them.
create or replace function app.count_categories(facet_rows app.facet_row[])
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return coalesce(
    (
      select jsonb_agg(
        jsonb_build_object('id', t.id, 'code', t.code, 'label', t.label, 'count', c.count) order by c.count desc, t.id
      )
      from (
        select r.category_id, count(*) as count
        from unnest(facet_rows) as r
        where r.category_id is not null
        group by 1
        order by 2 desc, 1
        limit 20
      ) as c
      inner join public.tax_categories as t on t.id = c.category_id
    ),
    '[]'
  );
end;
$$;

comment on function app.count_categories is 'Counts matches by category.';
