-- Fourth step of a merge: which rows will be written. The last row of a key wins; a row whose hash equals the stored
-- one changes nothing and is left out; a deleted product counts as new, since it has no values to keep. Runs again
-- after a race, so refused rows leave merge_rows as well.
create or replace function app.plan_staged_products(vendor_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
begin
  with ranked as (
    select r.row_no, r.external_id, row_number() over (partition by r.id order by r.row_no desc) as place
    from pg_temp.merge_rows as r
  )
  insert into pg_temp.merge_errors (row_no, external_id, pointer, code, detail)
  select r.row_no, r.external_id, '/external_id', 'superseded', app.fault_detail('/external_id', 'superseded')
  from ranked as r
  where r.place > 1;

  delete from pg_temp.merge_rows as r
  using pg_temp.merge_errors as e
  where e.row_no = r.row_no and e.code = 'superseded';

  truncate pg_temp.merge_plan;
  insert into pg_temp.merge_plan (row_no, id, is_found, is_new, gtin14, old_gtin14)
  select
    r.row_no,
    r.id,
    p.id is not null,
    p.id is null or p.soft_deleted_at is not null,
    r.gtin14,
    case when p.soft_deleted_at is null then lpad(p.barcode, 14, '0') end
  from pg_temp.merge_rows as r
  left join public.products as p on p.vendor_id = plan_staged_products.vendor_id and p.id = r.id
  where p.content_hash is distinct from r.content_hash or p.soft_deleted_at is not null;

  -- Where the row does not speak of the barcode, the stored one stays and nothing is claimed.
  update pg_temp.merge_plan as m
  set gtin14 = m.old_gtin14
  from pg_temp.merge_rows as r
  where r.row_no = m.row_no and not m.is_new and 'barcode' <> all (r.given);

  update pg_temp.merge_plan as m
  set images_changed = true
  from pg_temp.merge_rows as r
  where r.row_no = m.row_no
    and case
      when m.is_new then r.images is not null or m.is_found
      else 'images' = any (r.given) and app.product_images_differ(plan_staged_products.vendor_id, m.id, r.images)
    end;

  insert into pg_temp.merge_errors (row_no, external_id, pointer, code, detail)
  select r.row_no, r.external_id, '/name', 'required', app.fault_detail('/name', 'required')
  from pg_temp.merge_plan as m
  inner join pg_temp.merge_rows as r on r.row_no = m.row_no
  where m.is_new and r.name is null;

  delete from pg_temp.merge_plan as m
  using pg_temp.merge_rows as r
  where r.row_no = m.row_no and m.is_new and r.name is null;

  delete from pg_temp.merge_rows as r
  using pg_temp.merge_errors as e
  where e.row_no = r.row_no and e.code = 'required';
end;
$$;

comment on function app.plan_staged_products is 'Fills merge_plan with the rows of merge_rows that change something.';
