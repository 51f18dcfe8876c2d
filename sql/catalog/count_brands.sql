-- The 20 most frequent brands. Spellings that differ by case or accents are one brand, shown in its most frequent one.
create or replace function app.count_brands(facet_rows app.facet_row[])
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return coalesce(
    (
      select jsonb_agg(
        jsonb_build_object('value', b.value, 'count', b.count) order by b.count desc, b.folded collate "C"
      )
      from (
        select
          app.fold_text(s.brand) as folded,
          (array_agg(s.brand order by s.count desc, s.brand collate "C"))[1] as value,
          sum(s.count)::int as count
        from (select r.brand, count(*) as count from unnest(facet_rows) as r where r.brand is not null group by 1) as s
        group by 1
        order by 3 desc, 1
        limit 20
      ) as b
    ),
    '[]'
  );
end;
$$;

comment on function app.count_brands is 'Counts matches by brand.';
