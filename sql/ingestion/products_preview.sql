-- What a merge of products did, row by row, for a preview: read from the merge's work tables before it is undone.
create or replace function app.products_preview(vendor_id uuid)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
begin
  return (
    select coalesce(jsonb_agg(
    jsonb_build_object(
      'row_no', r.row_no,
      'outcome', coalesce(m.written, 'unchanged'),
      'stored', app.product_json(p)
    )
    order by r.row_no
  ), '[]')
  from pg_temp.merge_rows as r
  join public.products as p on p.vendor_id = products_preview.vendor_id and p.id = r.id
  left join pg_temp.merge_plan as m on m.row_no = r.row_no
  );
end;
$$;
comment on function app.products_preview is 'Rows of the merge just done with what is stored for each.';
