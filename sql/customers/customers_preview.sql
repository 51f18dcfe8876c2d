-- What a merge of customers did, row by row, for a preview: read from the merge's work tables before it is undone.
-- Health profiles are not shown.
create or replace function app.customers_preview(vendor_id uuid)
returns jsonb
language plpgsql
volatile
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
begin
  return (
    select coalesce(
      jsonb_agg(
        jsonb_build_object(
          'row_no', r.row_no, 'outcome', coalesce(m.written, 'unchanged'), 'stored', app.customer_json(c)
        )
        order by r.row_no
      ),
      '[]'
    )
    from pg_temp.customer_rows as r
    inner join public.customers as c on c.vendor_id = customers_preview.vendor_id and c.id = r.id
    left join pg_temp.merge_plan as m on m.row_no = r.row_no
  );
end;
$$;

comment on function app.customers_preview is 'Rows of the merge just done with what is stored for each.';
