-- The one way facts are computed: from rows of products in pg_temp-like input `changed`, which is the transition table
-- of the triggers, or the products a rebuild names. Masks are made once for each distinct set of lists, because a batch
-- of a hundred thousand rows has a few hundred of them. The cell: which steps the nutrients of a serving stand on, as
-- the digits of one number (0 = not stated; of fiber and iron, which only earn, also next to none), chosen so that the
-- lowest costs next to nothing of a budget (sodium: 5 mg is FDA's "free") and the highest earns all of a bonus.
-- Products of one cell differ little in score, so the best a cell can give is a useful bound; more and finer steps
-- bound better and cost time for each cell. The last digit sets products apart that are safe for everybody, and those
-- of which too little is known. When a step changes: select app.rebuild_match_facts(id) from public.vendors.
-- New rows are written in the order of the cells, because they are read by cell: the rows of one then lie together.
-- Rows that may be there already are written in the order of their ids, as everybody does, so that nobody deadlocks.
create or replace function app.write_match_facts_statement(source text, only_new boolean)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return replace($statement$
  with row as materialized (
    select
      c.id, c.updated_at, c.nutrition as n,
      case when c.nutrition_basis = '100g' and c.serving_size is not null
        then app.serving_factor(c.nutrition_basis, c.serving_size)::real else 1::real end as f,
      c.allergens, c.may_contain, c.free_from, c.dietary_tags,
      hash_record_extended(row(c.allergens, c.may_contain, c.free_from, c.dietary_tags), 0) as hash
    from {source} as c
    where c.vendor_id = $1 and c.status = 'active' and c.soft_deleted_at is null
  ),
  list as (
    select distinct r.allergens, r.may_contain, r.free_from, r.dietary_tags from row as r
  ),
  mask as materialized (
    select
      l.allergens, l.may_contain, l.free_from, l.dietary_tags,
      hash_record_extended(row(l.allergens, l.may_contain, l.free_from, l.dietary_tags), 0) as hash,
      m.up | (m.down & ~m.freed) as unsafe,
      case when l.allergens is null or m.strange then $5 & ~m.freed else 0 end as unproven,
      m.tags
    from list as l
    cross join lateral (
      select
        (select coalesce(bit_or(($2 ->> a)::bigint), 0) from unnest(l.allergens || l.may_contain) as a) as up,
        (select coalesce(bit_or(($3 ->> a)::bigint), 0) from unnest(l.allergens || l.may_contain) as a) as down,
        (select coalesce(bit_or(($3 ->> a)::bigint), 0) from unnest(l.free_from) as a) as freed,
        (select coalesce(bit_or(($4 ->> a)::bigint), 0) from unnest(l.dietary_tags) as a) as tags,
        exists (select from unnest(l.allergens || l.may_contain) as a where not $2 ? a) as strange
    ) as m
  ),
  serving as (
    select
      r.id, r.updated_at, m.unsafe, m.unproven, m.tags,
      (r.n ->> 'calories')::real * r.f as calories,
      (r.n ->> 'protein_g')::real * r.f as protein_g,
      (r.n ->> 'carbs_g')::real * r.f as carbs_g,
      (r.n ->> 'fat_g')::real * r.f as fat_g,
      (r.n ->> 'sat_fat_g')::real * r.f as sat_fat_g,
      (r.n ->> 'trans_fat_g')::real * r.f as trans_fat_g,
      (r.n ->> 'sugar_g')::real * r.f as sugar_g,
      (coalesce(r.n ->> 'added_sugar_g', r.n ->> 'sugar_g'))::real * r.f as added_sugar_g,
      (r.n ->> 'fiber_g')::real * r.f as fiber_g,
      (r.n ->> 'sodium_mg')::real * r.f as sodium_mg,
      (r.n ->> 'cholesterol_mg')::real * r.f as cholesterol_mg,
      (r.n ->> 'potassium_mg')::real * r.f as potassium_mg,
      (r.n ->> 'phosphorus_mg')::real * r.f as phosphorus_mg,
      (r.n ->> 'iron_mg')::real * r.f as iron_mg,
      (r.n ->> 'caffeine_mg')::real * r.f as caffeine_mg,
      (r.n ->> 'alcohol_g')::real * r.f as alcohol_g
    from row as r
    inner join mask as m
      on m.hash = r.hash
      and m.allergens is not distinct from r.allergens and m.may_contain is not distinct from r.may_contain
      and m.free_from is not distinct from r.free_from and m.dietary_tags is not distinct from r.dietary_tags
    -- Computed once a row, not once for each mention below.
    offset 0
  )
  insert into app.product_match_facts as f (
    vendor_id, product_id, changed_at, unsafe, unproven, tags, cell, calories, protein_g, carbs_g, fat_g, sat_fat_g,
    trans_fat_g, sugar_g, added_sugar_g, fiber_g, sodium_mg, cholesterol_mg, potassium_mg, phosphorus_mg, iron_mg,
    caffeine_mg, alcohol_g
  )
  select
    $1, s.id, (extract(epoch from s.updated_at) * 1000000)::bigint, s.unsafe, s.unproven, s.tags,
    case when s.calories is null then 0 when s.calories <= 80 then 1 else 2 end
    + 3 * case when s.sodium_mg is null then 0 when s.sodium_mg <= 5 then 1 when s.sodium_mg <= 60 then 2
      when s.sodium_mg <= 200 then 3 else 4 end
    + 15 * case when s.added_sugar_g is null then 0 when s.added_sugar_g <= 0.5 then 1 when s.added_sugar_g <= 4 then 2
      else 3 end
    + 60 * case when s.sat_fat_g is null then 0 when s.sat_fat_g <= 0.3 then 1 when s.sat_fat_g <= 1.5 then 2 else 3 end
    + 240 * case when s.fiber_g > 4 then 2 when s.fiber_g > 1.5 then 1 else 0 end
    + 720 * case when s.iron_mg > 2 then 2 when s.iron_mg > 0.5 then 1 else 0 end
    + 2160 * case when s.unproven <> 0 then 2 when s.unsafe <> 0 then 1 else 0 end as cell,
    s.calories, s.protein_g, s.carbs_g, s.fat_g, s.sat_fat_g, s.trans_fat_g, s.sugar_g, s.added_sugar_g, s.fiber_g,
    s.sodium_mg, s.cholesterol_mg, s.potassium_mg, s.phosphorus_mg, s.iron_mg, s.caffeine_mg, s.alcohol_g
  from serving as s
  order by $statement$, '{source}', source) || case when only_new then 'cell, s.id' else $conflict$s.id
  on conflict (vendor_id, product_id) do update
  set changed_at = excluded.changed_at, written_by = excluded.written_by, unsafe = excluded.unsafe,
    unproven = excluded.unproven, tags = excluded.tags, cell = excluded.cell, calories = excluded.calories,
    protein_g = excluded.protein_g, carbs_g = excluded.carbs_g, fat_g = excluded.fat_g,
    sat_fat_g = excluded.sat_fat_g, trans_fat_g = excluded.trans_fat_g, sugar_g = excluded.sugar_g,
    added_sugar_g = excluded.added_sugar_g, fiber_g = excluded.fiber_g, sodium_mg = excluded.sodium_mg,
    cholesterol_mg = excluded.cholesterol_mg, potassium_mg = excluded.potassium_mg,
    phosphorus_mg = excluded.phosphorus_mg, iron_mg = excluded.iron_mg, caffeine_mg = excluded.caffeine_mg,
    alcohol_g = excluded.alcohol_g
  $conflict$ end;
end;
$$;

comment on function app.write_match_facts_statement is
  'The statement that computes facts of products in a given relation.';
