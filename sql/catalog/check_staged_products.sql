-- Third step of a merge: every row read once; clean, typed values go to merge_rows, what is wrong to merge_errors.
-- Each check uses the very cast that follows it, so that no row can pass here and abort its batch later.
-- In files a bad barcode, url or picture is left out and reported while the row is kept (app.is_droppable); the
-- identity is never guessed.
create or replace function app.check_staged_products(vendor_id uuid, batch_id uuid, mode text, fields text[])
returns void
language plpgsql
volatile
set search_path = ''
-- Lists and terms are few and distinct; a nested loop over them, chosen on wrong estimates, would never end.
set enable_nestloop = off
set plan_cache_mode = force_custom_plan
-- Room for a whole batch of a file: sorting and joining it on disk takes longer.
set work_mem = '64MB'
as $$
declare
  blanks constant text := E' \t\r\n\u00a0';
  is_file constant boolean := mode = 'file';
begin
  with cleaned as (
    select
      s.row_no,
      nullif(s.external_id, '') as external_id,
      coalesce(s.present, check_staged_products.fields, app.present_fields(s)) as given,
      (g.gtin).barcode,
      (g.gtin).gtin14,
      (g.gtin).gtin_type,
      (g.gtin).fault as barcode_fault,
      nullif(s.name, '') as name,
      nullif(s.brand, '') as brand,
      nullif(s.description, '') as description,
      nullif(s.short_description, '') as short_description,
      case when c.id is null and coalesce(s.category_id, s.category) ~ '[^[:space:]]'
        then '/category' || case when s.category_id is null then '' else '_id' end || ' unknown_category'
      end as category_fault,
      c.id as category_id,
      case when sc.id is null and coalesce(s.sub_category_id, s.sub_category) ~ '[^[:space:]]'
        then '/sub_category' || case when s.sub_category_id is null then '' else '_id' end || ' unknown_category'
      end as sub_category_fault,
      sc.id as sub_category_id,
      case when cu.id is null and coalesce(s.cuisine_id, s.cuisine) ~ '[^[:space:]]'
        then '/cuisine' || case when s.cuisine_id is null then '' else '_id' end || ' unknown_cuisine'
      end as cuisine_fault,
      cu.id as cuisine_id,
      case when m.id is null and coalesce(s.market_id, s.market) ~ '[^[:space:]]'
        then '/market' || case when s.market_id is null then '' else '_id' end || ' unknown_market'
      end as market_fault,
      m.id as market_id,
      nullif(s.nutrition, '{}') as nutrition,
      s.nutrition_is_sound,
      nullif(lower(s.nutrition_basis), '') as nutrition_basis,
      nullif(s.serving_size, '') as serving_size,
      nullif(s.package_weight, '') as package_weight,
      nullif(s.price, '') as price,
      nullif(upper(s.currency), '') as currency,
      nullif(lower(s.status), '') as status,
      nullif(s.ingredients, '') as ingredients,
      dt.codes as dietary_tags,
      al.codes as allergens,
      al.unknown as unknown_allergens,
      mc.codes as may_contain,
      mc.unknown as unknown_may_contain,
      ff.codes as free_from,
      ff.unknown as unknown_free_from,
      ce.codes as certifications,
      case when s.regulatory_codes is not null then array(
        select btrim(r.code, blanks) from unnest(s.regulatory_codes) as r (code) where r.code ~ '[^[:space:]]'
      ) end as regulatory_codes,
      nullif(s.source_url, '') as source_url,
      s.images,
      s.source_hash
    from public.stg_products as s
    -- "offset 0": computed once a row, not once a field.
    cross join lateral (select app.parse_gtin(s.barcode) as gtin offset 0) as g
    left join pg_temp.merge_lists as dt on dt.domain = 'diet' and dt.raw = s.dietary_tags
    left join pg_temp.merge_lists as al on al.domain = 'allergen' and al.raw = s.allergens
    left join pg_temp.merge_lists as mc on mc.domain = 'allergen' and mc.raw = s.may_contain
    left join pg_temp.merge_lists as ff on ff.domain = 'free_from' and ff.raw = s.free_from
    left join pg_temp.merge_lists as ce on ce.domain = 'certification' and ce.raw = s.certifications
    left join pg_temp.merge_terms as c on c.kind = 'categories' and c.raw = btrim(coalesce(s.category_id, s.category))
    left join pg_temp.merge_terms as sc
      on sc.kind = 'categories' and sc.raw = btrim(coalesce(s.sub_category_id, s.sub_category))
    left join pg_temp.merge_terms as cu on cu.kind = 'cuisines' and cu.raw = btrim(coalesce(s.cuisine_id, s.cuisine))
    left join pg_temp.merge_terms as m on m.kind = 'markets' and m.raw = btrim(coalesce(s.market_id, s.market))
    where s.batch_id = check_staged_products.batch_id
    -- Cleaned once a row, not once for each check.
    offset 0
  ),
  judged as (
    select
      r.*,
      array_remove(array[
        case
          when r.external_id is null then '/external_id required'
          when length(r.external_id) > 255 then '/external_id too_long'
          -- 3.25E+12 stands for a billion codes: rows would collide under it.
          when is_file and strpos(r.external_id, '+') > 0 and r.external_id ~ '^[0-9]([.,][0-9]+)?[eE][+][0-9]{2}$'
            then '/external_id barcode_damaged'
        end,
        '/barcode ' || r.barcode_fault,
        case
          when r.name is null and 'name' = any (r.given) then '/name required'
          when length(r.name) > 500 then '/name too_long'
        end,
        case when length(r.brand) > 200 then '/brand too_long' end,
        case when length(r.description) > 20000 then '/description too_long' end,
        case when length(r.short_description) > 2000 then '/short_description too_long' end,
        r.category_fault,
        r.sub_category_fault,
        r.cuisine_fault,
        r.market_fault,
        case
          when r.nutrition_is_sound then null
          when jsonb_typeof(r.nutrition) <> 'object' then '/nutrition invalid_type'
          when r.nutrition - app.nutrient_keys() <> '{}' then '/nutrition unknown_nutrient'
          -- A file's were looked at, and left out, by app.drop_invalid_nutrients.
          when not is_file and r.nutrition @? 'strict $.* ? (@.type() != "number" || @ < 0 || @ > 10000000)'
            then '/nutrition invalid_nutrition'
        end,
        case when r.nutrition_basis not in ('serving', '100g') then '/nutrition_basis invalid_nutrition_basis' end,
        case when length(r.serving_size) > 200 then '/serving_size too_long' end,
        case when length(r.package_weight) > 200 then '/package_weight too_long' end,
        -- Digits that numeric(12, 2) holds, all of them.
        case when r.price !~ '^[0-9]{1,10}([.][0-9]{1,2})?$' then '/price invalid_price' end,
        case when r.currency <> all (app.iso_currencies()) then '/currency invalid_currency' end,
        case when r.status not in ('active', 'inactive') then '/status invalid_status' end,
        case when length(r.ingredients) > 20000 then '/ingredients too_long' end,
        case when r.unknown_allergens is not null and not is_file then '/allergens unknown_allergen' end,
        case when r.unknown_may_contain is not null and not is_file then '/may_contain unknown_allergen' end,
        case when r.unknown_free_from is not null and not is_file then '/free_from unknown_allergen' end,
        case when cardinality(r.dietary_tags) > 100 then '/dietary_tags too_many' end,
        case when cardinality(r.allergens) > 100 then '/allergens too_many' end,
        case when cardinality(r.may_contain) > 100 then '/may_contain too_many' end,
        case when cardinality(r.free_from) > 100 then '/free_from too_many' end,
        case when cardinality(r.certifications) > 100 then '/certifications too_many' end,
        case
          when cardinality(r.regulatory_codes) > 100 then '/regulatory_codes too_many'
          when length(array_to_string(r.regulatory_codes, '')) > 5000 then '/regulatory_codes too_long'
        end,
        case when r.source_url !~ '^https?://[^[:space:]]+$' or length(r.source_url) > 2048
          then '/source_url invalid_url' end,
        case when r.images is not null and not app.images_are_valid(r.images) then '/images invalid_image' end
      ], null) as faults
    from cleaned as r
    -- Judged once a row, not once for each mention of its faults.
    offset 0
  )
  insert into pg_temp.merge_rows
  select
    j.row_no,
    extensions.uuid_generate_v5(check_staged_products.vendor_id, j.external_id),
    j.external_id,
    kept.given,
    j.gtin14, j.gtin_type, j.barcode, j.name, j.brand, j.description, j.short_description, j.category_id,
    j.sub_category_id, j.cuisine_id, j.market_id, j.nutrition, j.nutrition_basis, j.serving_size, j.package_weight,
    kept.price, j.currency, j.status, j.ingredients, j.dietary_tags, j.allergens, j.may_contain,
    j.free_from, j.certifications, j.regulatory_codes, kept.source_url, kept.images,
    hash_record_extended(
      row(
        kept.given, j.gtin14, j.barcode, j.name, j.brand, j.description, j.short_description, j.category_id,
        j.sub_category_id, j.cuisine_id, j.market_id, j.nutrition, j.nutrition_basis, j.serving_size, j.package_weight,
        kept.price, j.currency, j.status, j.ingredients, j.dietary_tags, j.allergens, j.may_contain,
        j.free_from, j.certifications, j.regulatory_codes, kept.source_url, kept.images
      ),
      0
    ),
    -- A row with a fault goes the whole way again, so that its fault is told again.
    case when j.faults = '{}' then j.source_hash end,
    nullif(j.faults, '{}'),
    coalesce(j.unknown_allergens, j.unknown_may_contain, j.unknown_free_from)
  from judged as j
  cross join lateral (
    select
      case
        when j.faults = '{}' then j.given
        else array(
          select g.field
          from unnest(j.given) as g (field)
          where not ('/' || g.field = any (select split_part(f.fault, ' ', 1) from unnest(j.faults) as f (fault)))
        )
      end as given,
      case when '/price invalid_price' = any (j.faults) then null else j.price::numeric(12, 2) end as price,
      case when '/source_url invalid_url' = any (j.faults) then null else j.source_url end as source_url,
      case when '/images invalid_image' = any (j.faults) then null else j.images end as images
  ) as kept;

  -- Few rows have faults: the others are read and written once, and no join looks for faults of theirs.
  insert into pg_temp.merge_errors (row_no, external_id, pointer, code, detail, applied)
  select
    r.row_no,
    left(r.external_id, 255),
    split_part(f.fault, ' ', 1),
    split_part(f.fault, ' ', 2),
    app.fault_detail(split_part(f.fault, ' ', 1), split_part(f.fault, ' ', 2), r.unknown),
    is_file and app.is_droppable(split_part(f.fault, ' ', 1))
  from pg_temp.merge_rows as r
  cross join lateral unnest(r.faults) as f (fault)
  where r.faults is not null;
  if found then
    delete from pg_temp.merge_rows as r
    using pg_temp.merge_errors as e
    where e.row_no = r.row_no and not e.applied;
  end if;
end;
$$;

comment on function app.check_staged_products is
  'Fills merge_rows with the sound rows of a batch and merge_errors with the faults of the others.';
