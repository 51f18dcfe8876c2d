-- Counts a vendor's lexemes anew, on a sample of some 50,000 products: estimates need no more, and the cost
-- stays at one or two seconds however large the catalogue is. Called by touch_catalog after much change, and at the end
-- of a job.
create or replace function app.refresh_catalog_lexemes(vendor_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
declare
  sample_size constant bigint := 50000;
  smallest_catalogue constant bigint := 5000;
  -- What is counted below; what others change meanwhile is left for the next time.
  v_changes constant bigint := (
    select s.changes from app.catalog_statistics as s where s.vendor_id = refresh_catalog_lexemes.vendor_id
  );
  v_products bigint;
  v_sample text;
  v_scale double precision;
begin
  -- Whoever counts now counts for all.
  if not pg_try_advisory_xact_lock(hashtextextended('catalog_lexemes ' || refresh_catalog_lexemes.vendor_id, 0)) then
    return;
  end if;
  select count(*) into v_products
  from public.products as p
  where p.vendor_id = refresh_catalog_lexemes.vendor_id and p.soft_deleted_at is null;

  v_scale := greatest(1.0, v_products::double precision / sample_size);
  v_sample := format(
    'select search_tsv from public.products tablesample system (%s) where vendor_id = %L and soft_deleted_at is null',
    100 / v_scale, refresh_catalog_lexemes.vendor_id
  );
  -- Only differences are written: most words stay as they were, and rare ones have no count that could change.
  with counted as materialized (
    select
      e.word,
      case when e.common then round(e.ndoc * v_scale) else 0 end as anywhere,
      case when e.common then round(coalesce(n.ndoc, 0) * v_scale) else 0 end as in_name,
      case when e.common then round(coalesce(b.ndoc, 0) * v_scale) else 0 end as in_name_or_brand
    from (
      select s.word, s.ndoc, v_products >= smallest_catalogue and s.ndoc * v_scale * 1000 >= v_products as common
      from ts_stat(v_sample) as s
      where s.word not like 'n=%'
    ) as e
    left join ts_stat(v_sample, 'a') as n on n.word = e.word
    left join ts_stat(v_sample, 'ab') as b on b.word = e.word
    where e.common
      -- Words that a mistyped one may stand for; in a sample, those met twice.
      or (e.ndoc > 1 or v_scale = 1.0) and length(e.word) between 3 and 40 and e.word ~ '^[[:alpha:]]+$'
  ),
  gone as (
    delete from app.catalog_lexemes as l
    where l.vendor_id = refresh_catalog_lexemes.vendor_id
      and not exists (select from counted as c where c.word = l.lexeme)
  )
  insert into app.catalog_lexemes as l (vendor_id, lexeme, anywhere, in_name, in_name_or_brand)
  select refresh_catalog_lexemes.vendor_id, c.word, c.anywhere, c.in_name, c.in_name_or_brand
  from counted as c
  on conflict on constraint catalog_lexemes_pkey do update
  set anywhere = excluded.anywhere, in_name = excluded.in_name, in_name_or_brand = excluded.in_name_or_brand
  where (l.anywhere, l.in_name, l.in_name_or_brand)
    is distinct from (excluded.anywhere, excluded.in_name, excluded.in_name_or_brand);

  -- Last, because every writer of the vendor waits for this row until the transaction ends.
  insert into app.catalog_statistics as s (vendor_id, products)
  values (refresh_catalog_lexemes.vendor_id, v_products)
  on conflict on constraint catalog_statistics_pkey do update
  set products = excluded.products, changes = greatest(s.changes - coalesce(v_changes, 0), 0), taken_at = now();
end;
$$;

comment on function app.refresh_catalog_lexemes is 'Takes a vendor''s lexeme statistics anew from a sample.';
