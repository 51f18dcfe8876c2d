-- Seventh step of a merge: the barcodes of the rows just written. All barcodes that are claimed or given up are locked
-- in one order, so that no two merges wait for each other, even when they swap barcodes. Whoever comes second sees the
-- first's products and raises OD001, upon which the write is undone and the row refused.
create or replace function app.claim_barcodes(vendor_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
-- The key named by on conflict is the table's.
#variable_conflict use_column
declare
  v_contested text[];
begin
  -- Nearly always nobody has these barcodes, and a plain insert writes half as much as one with "on conflict".
  if not exists (select from pg_temp.merge_plan as m where m.old_gtin14 is not null) then
    begin
      insert into public.product_barcodes (vendor_id, gtin14, product_id)
      select claim_barcodes.vendor_id, m.gtin14, m.id
      from pg_temp.merge_plan as m
      where m.written is not null and m.gtin14 is not null
      order by m.gtin14;
      return;
    exception when unique_violation then
      null;
    end;
  end if;

  with touched as (
    select m.gtin14, m.id, true as is_claim
    from pg_temp.merge_plan as m
    where m.written is not null and m.gtin14 is not null and (m.is_new or m.gtin14 is distinct from m.old_gtin14)
    union all
    select m.old_gtin14, m.id, false
    from pg_temp.merge_plan as m
    where m.written is not null and m.old_gtin14 is not null and m.gtin14 is distinct from m.old_gtin14
  ),
  single as (
    select distinct on (t.gtin14) t.gtin14, t.id, t.is_claim from touched as t order by t.gtin14, t.is_claim desc
  ),
  locked as (
    insert into public.product_barcodes as b (vendor_id, gtin14, product_id)
    select claim_barcodes.vendor_id, s.gtin14, s.id from single as s order by s.gtin14
    on conflict (vendor_id, gtin14) do update set product_id = b.product_id
    returning b.gtin14, b.product_id
  )
  select array_agg(l.gtin14) into v_contested
  from locked as l
  inner join single as s on s.gtin14 = l.gtin14
  where s.is_claim and l.product_id <> s.id;

  -- A statement of its own, to see what others committed while we waited for the locks.
  if v_contested is not null and exists (
    select
    from public.product_barcodes as b
    where b.vendor_id = claim_barcodes.vendor_id
      and b.gtin14 = any (v_contested)
      and app.product_carries(b.vendor_id, b.product_id, b.gtin14)
  ) then
    raise exception using errcode = 'OD001', message = 'a barcode was taken meanwhile';
  end if;

  if v_contested is not null then
    update public.product_barcodes as b
    set product_id = m.id
    from pg_temp.merge_plan as m
    where b.vendor_id = claim_barcodes.vendor_id and b.gtin14 = any (v_contested)
      and m.gtin14 = b.gtin14 and m.written is not null;
  end if;

  if exists (select from pg_temp.merge_plan as m where m.old_gtin14 is not null) then
    delete from public.product_barcodes as b
    using pg_temp.merge_plan as m
    where b.vendor_id = claim_barcodes.vendor_id
      and m.written is not null
      and m.old_gtin14 is distinct from m.gtin14
      and b.gtin14 = m.old_gtin14
      and b.product_id = m.id;
  end if;
end;
$$;

comment on function app.claim_barcodes is 'Claims the barcodes of written rows and frees those they gave up.';
