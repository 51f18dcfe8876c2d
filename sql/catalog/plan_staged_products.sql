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
  with repeated as (
    select r.id, max(r.row_no) as last_row from pg_temp.merge_rows as r group by r.id having count(*) > 1
  )
  insert into pg_temp.merge_errors (row_no, external_id, pointer, code, detail)
  select r.row_no, r.external_id, '/external_id', 'superseded', app.fault_detail('/external_id', 'superseded')
  from repeated as p
  inner join pg_temp.merge_rows as r on r.id = p.id
  where r.row_no < p.last_row;
  if found then
    delete from pg_temp.merge_rows as r
    using pg_temp.merge_errors as e
    where e.row_no = r.row_no and e.code = 'superseded';
  end if;

  truncate pg_temp.merge_plan;
  insert into pg_temp.merge_plan (row_no, id, is_found, is_new, gtin14, old_gtin14, images_changed, written)
  select
    r.row_no,
    r.id,
    p.id is not null,
    n.is_new,
    -- Where the row does not speak of the barcode, the stored one stays and nothing is claimed.
    case when n.is_new or 'barcode' = any (r.given) then r.gtin14 else n.old_gtin14 end,
    n.old_gtin14,
    case
      when n.is_new then r.images is not null or p.id is not null
      else 'images' = any (r.given) and app.product_images_differ(plan_staged_products.vendor_id, r.id, r.images)
    end,
    -- What becomes of known products shows when they are updated.
    case when p.id is null then 'inserted' end
  from pg_temp.merge_rows as r
  -- "offset 0": found by key, row by row. As a join it reads the whole catalogue for every batch.
  left join lateral (
    select p.id, p.soft_deleted_at, p.barcode, p.content_hash
    from public.products as p
    where p.vendor_id = plan_staged_products.vendor_id and p.id = r.id
    offset 0
  ) as p on true
  cross join lateral (
    select
      p.id is null or p.soft_deleted_at is not null as is_new,
      case when p.soft_deleted_at is null then lpad(p.barcode, 14, '0') end as old_gtin14
  ) as n
  where p.content_hash is distinct from r.content_hash or p.soft_deleted_at is not null;

  insert into pg_temp.merge_errors (row_no, external_id, pointer, code, detail)
  select r.row_no, r.external_id, '/name', 'required', app.fault_detail('/name', 'required')
  from pg_temp.merge_plan as m
  inner join pg_temp.merge_rows as r on r.row_no = m.row_no
  where m.is_new and r.name is null;
  if found then
    delete from pg_temp.merge_plan as m
    using pg_temp.merge_rows as r
    where r.row_no = m.row_no and m.is_new and r.name is null;

    delete from pg_temp.merge_rows as r
    using pg_temp.merge_errors as e
    where e.row_no = r.row_no and e.code = 'required';
  end if;
end;
$$;

comment on function app.plan_staged_products is 'Fills merge_plan with the rows of merge_rows that change something.';
