-- Second step of a merge: which rows will be written. The last row of a key wins; a row whose hash equals the stored
-- one changes nothing and is left out; a deleted customer counts as new. Runs again after a race.
create or replace function app.plan_staged_customers(vendor_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
begin
  insert into pg_temp.merge_errors (row_no, external_id, pointer, code, detail)
  select r.row_no, r.external_id, '/external_id', 'superseded', app.customer_fault_detail('/external_id', 'superseded')
  from (
    select s.row_no, s.external_id, row_number() over (partition by s.id order by s.row_no desc) as place
    from pg_temp.customer_rows as s
  ) as r
  where r.place > 1;

  delete from pg_temp.customer_rows as r
  using pg_temp.merge_errors as e
  where e.row_no = r.row_no and e.code = 'superseded';

  truncate pg_temp.merge_plan;
  insert into pg_temp.merge_plan (row_no, id, is_found, is_new)
  select r.row_no, r.id, c.id is not null, c.id is null or c.soft_deleted_at is not null
  from pg_temp.customer_rows as r
  -- "offset 0": found by key, row by row. As a join it reads all customers for every batch.
  left join lateral (
    select c.id, c.soft_deleted_at, c.content_hash
    from public.customers as c
    where c.vendor_id = plan_staged_customers.vendor_id and c.id = r.id
    offset 0
  ) as c on true
  where c.content_hash is distinct from r.content_hash or c.soft_deleted_at is not null;

  insert into pg_temp.merge_errors (row_no, external_id, pointer, code, detail)
  select r.row_no, r.external_id, f.pointer, 'required', app.customer_fault_detail(f.pointer, 'required')
  from pg_temp.merge_plan as m
  inner join pg_temp.customer_rows as r on r.row_no = m.row_no
  cross join lateral (values ('/full_name', r.full_name), ('/email', r.email)) as f (pointer, value)
  where m.is_new and f.value is null;

  delete from pg_temp.merge_plan as m
  using pg_temp.merge_errors as e
  where e.row_no = m.row_no and e.code = 'required';

  delete from pg_temp.customer_rows as r
  using pg_temp.merge_errors as e
  where e.row_no = r.row_no and e.code = 'required';
end;
$$;

comment on function app.plan_staged_customers is
  'Fills merge_plan with the rows of customer_rows that change something.';
