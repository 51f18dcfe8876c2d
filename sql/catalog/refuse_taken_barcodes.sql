-- Fifth step of a merge, repeated after a race: barcodes wanted by two products. Within the batch the product that
-- carries it stays, else the first row gets it. In the catalogue a claim stands while a living product carries the
-- barcode and does not give it up in this very batch. In calls the item is refused; in files the row is kept without
-- its barcode.
-- Returns how many rows it changed. Strict counts even owners that would give the barcode up.
create or replace function app.refuse_taken_barcodes(vendor_id uuid, mode text, strict boolean default false)
returns int
language plpgsql
volatile
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
declare
  v_refused int;
begin
  with claims as (
    select m.row_no, m.id, m.gtin14
    from pg_temp.merge_plan as m
    where m.gtin14 is not null and (m.is_new or m.gtin14 is distinct from m.old_gtin14)
  ),
  ranked as (
    select
      m.row_no,
      m.id,
      first_value(m.id) over w as holder_id,
      row_number() over w as place
    from pg_temp.merge_plan as m
    where m.gtin14 in (
      select t.gtin14 from pg_temp.merge_plan as t where t.gtin14 is not null group by t.gtin14 having count(*) > 1
    )
    window w as (partition by m.gtin14 order by m.gtin14 is not distinct from m.old_gtin14 desc, m.row_no)
  ),
  taken as (
    select r.row_no, r.holder_id from ranked as r where r.place > 1
    union
    select c.row_no, b.product_id
    from claims as c
    -- "offset 0": found by key. As a join it reads the barcodes of all vendors for every batch.
    cross join lateral (
      select b.product_id
      from public.product_barcodes as b
      where b.vendor_id = refuse_taken_barcodes.vendor_id and b.gtin14 = c.gtin14 and b.product_id <> c.id
      offset 0
    ) as b
    where app.product_carries(refuse_taken_barcodes.vendor_id, b.product_id, c.gtin14)
      and (
        refuse_taken_barcodes.strict
        -- Not a correlated "not exists": beside "or" that is a scan of the batch for each barcode of the vendor.
        or b.product_id not in (
          select o.id
          from pg_temp.merge_plan as o
          where not o.is_new and o.gtin14 is distinct from o.old_gtin14
        )
      )
  ),
  named as (
    select distinct on (t.row_no) t.row_no, coalesce(r.external_id, p.external_id) as holder
    from taken as t
    left join pg_temp.merge_rows as r on r.id = t.holder_id
    left join public.products as p on p.vendor_id = refuse_taken_barcodes.vendor_id and p.id = t.holder_id
    order by t.row_no, holder
  )
  insert into pg_temp.merge_errors (row_no, external_id, pointer, code, detail, applied)
  select
    n.row_no,
    r.external_id,
    '/barcode',
    'barcode_taken',
    format('The barcode belongs to the product with external_id %s.', n.holder),
    refuse_taken_barcodes.mode = 'file'
  from named as n
  inner join pg_temp.merge_rows as r on r.row_no = n.row_no;
  get diagnostics v_refused = row_count;
  if v_refused = 0 then
    return 0;
  end if;

  if refuse_taken_barcodes.mode = 'file' then
    update pg_temp.merge_rows as r
    set barcode = null, gtin_type = null, gtin14 = null, given = array_remove(r.given, 'barcode'),
      source_hash = null
    from pg_temp.merge_errors as e
    where e.row_no = r.row_no and e.code = 'barcode_taken';
    update pg_temp.merge_plan as m
    set gtin14 = case when m.is_new then null else m.old_gtin14 end
    from pg_temp.merge_errors as e
    where e.row_no = m.row_no and e.code = 'barcode_taken';
  else
    delete from pg_temp.merge_rows as r
    using pg_temp.merge_errors as e
    where e.row_no = r.row_no and e.code = 'barcode_taken';
    delete from pg_temp.merge_plan as m
    using pg_temp.merge_errors as e
    where e.row_no = m.row_no and e.code = 'barcode_taken';
  end if;
  return v_refused;
end;
$$;

comment on function app.refuse_taken_barcodes is
  'Reports the rows of merge_plan whose barcode belongs to another product.';
