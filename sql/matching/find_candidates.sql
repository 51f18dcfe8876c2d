-- The best `most` products that pass a customer's hard filters, best first: the prefilter. Exact, not a sample:
-- 0. what is on the allow list;
-- 1. what was written since the statistics were taken is looked at one by one;
-- 2. the classes of products (equal masks) that pass and meet the most goals, as long as they are few: this leaves the
--    very strict customers and the rare combinations of goals nothing to search for;
-- 3. cells, in the order of the best score they could hold, and no further than the `enough`-th score found so far; of
--    a cell only what is new enough: with the best budget_fit of the cell, older ones could not reach that score. The
--    newest of the best cells are looked at first, for a score to begin with.
-- Ties go to the newest change, then by id.
create or replace function app.find_candidates(
  vendor_id uuid, inputs jsonb, newest bigint, enough int, most int default 200
)
returns uuid[]
language plpgsql
volatile
set search_path = ''
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
set max_parallel_workers_per_gather = 0
set jit = off
as $$
declare
  few constant int := 5000;
  -- A cell's bound is this much above any score in it: the rounding of both, and more.
  slack constant int := 2;
  v_horizon constant xid8 := coalesce(
    (select s.horizon from app.match_statistics as s where s.vendor_id = find_candidates.vendor_id), '0'
  );
  v_sql record;
  v_passes text;
  v_mask_passes text;
  v_may_pass text;
  v_select text;
  v_allowed constant uuid[] := array(select i.id::uuid from jsonb_array_elements_text(inputs -> 'allow') as i (id));
  v_best app.match_candidates;
  v_classes record;
  v_met int;
  v_cells int[];
  v_bounds float8[];
  v_rests float8[];
  v_unread text;
  v_newest app.match_candidates;
  v_floor float8;
  v_at int := 1;
  v_to int;
  v_portion int := 16;
begin
  v_sql := app.match_expressions(find_candidates.vendor_id, inputs, newest);
  select
    coalesce(string_agg(' and ' || m.passes, ''), ''), coalesce(string_agg(' and ' || m.cell_may_pass, ''), ''),
    coalesce(string_agg(' and ' || m.passes, '') filter (where m.by_mask), '')
  into v_passes, v_may_pass, v_mask_passes
  from app.match_conditions(find_candidates.vendor_id, inputs) as m;
  -- The best so far ($1) and those of some more rows: their ids, times and scores, best first.
  v_select :=
    'select array_agg(x.product_id), array_agg(x.changed_at), array_agg(x.score) from ('
    'select y.* from (select * from unnest(($1).ids, ($1).times, ($1).scores) as k (product_id, changed_at, score) '
    'union all select f.product_id, f.changed_at, {score} from %s where f.vendor_id = {vendor} {passes} and %s) as y '
    'where y.score >= coalesce(($1).scores[{most}], -1) order by 3 desc, 2 desc, 1 limit {most}) as x';
  v_select := replace(v_select, '{vendor}', quote_literal(find_candidates.vendor_id));
  v_select := replace(v_select, '{most}', most::text);
  if v_allowed <> '{}' then
    execute format(
      replace(replace(v_select, '{score}', v_sql.allowed_score), '{passes}', v_passes),
      'app.product_match_facts as f', 'f.product_id = any ($2)'
    ) into v_best using v_best, v_allowed;
    v_passes := v_passes || format(' and f.product_id <> all (%L)', v_allowed);
  end if;
  v_select := replace(replace(v_select, '{score}', v_sql.score), '{passes}', v_passes);

  if exists (
    select from app.product_match_facts as f where f.vendor_id = find_candidates.vendor_id and f.written_by >= v_horizon
  ) then
    execute format(v_select, 'app.product_match_facts as f', format('f.written_by >= %L::xid8', v_horizon))
    into v_best using v_best;
  end if;

  execute format(
    'select array_agg(k.unsafe) as unsafe, array_agg(k.unproven) as unproven, array_agg(k.tags) as tags, '
    'min(k.met) as met from (select f.*, %s as met, sum(f.products) over (order by %1$s desc) as so_far '
    'from app.match_classes as f where f.vendor_id = %L %s) as k where k.so_far <= %s',
    v_sql.met, find_candidates.vendor_id, v_mask_passes, few
  ) into v_classes;
  -- Goals that what is left can meet at most.
  v_met := coalesce(v_classes.met, v_sql.goals + 1) - 1;
  if v_classes.met is not null then
    execute format(
      v_select,
      'unnest($2, $3, $4) as m (unsafe, unproven, tags) '
      'inner join app.product_match_facts as f using (unsafe, unproven, tags)',
      format('f.written_by < %L::xid8', v_horizon)
    ) into v_best using v_best, v_classes.unsafe, v_classes.unproven, v_classes.tags;
  end if;

  if v_met >= 0 then
    execute format(
      'select array_agg(b.cell), array_agg(b.bound), array_agg(b.rest) from ('
      'select r.*, floor(r.rest + r.recency) as bound from ('
      'select c.cell, %s + %L::float8 as rest, %s as recency from app.match_cells as c '
      'where c.vendor_id = %L %s offset 0) as r '
      'where r.rest + r.recency >= %L::float8 order by 4 desc, 1) as b',
      v_sql.bound, v_sql.preference_at_zero + v_met * v_sql.points_per_goal + slack, v_sql.cell_recency,
      find_candidates.vendor_id, v_may_pass, coalesce((v_best).scores[enough], -1)
    ) into v_cells, v_bounds, v_rests;
  end if;
  -- What neither 1 nor 2 looked at.
  v_unread := format('f.written_by < %L::xid8 and %s <= %s', v_horizon, v_sql.met, v_met);
  if v_cells is not null then
    execute format(
      v_select,
      format(
        'unnest($2) as m (cell) cross join lateral (select n.* from app.product_match_facts as n '
        'where n.vendor_id = %L and n.cell = m.cell order by n.changed_at desc limit %s) as f',
        find_candidates.vendor_id, case when v_sql.goals = 0 then 60 else 300 end
      ),
      v_unread || format(' and %s = %s', v_sql.met, v_met)
    ) into v_newest using v_best, v_cells[:16];
  end if;
  v_floor := coalesce((v_newest).scores[enough], -1);
  while v_at <= cardinality(v_cells) and v_bounds[v_at] >= v_floor loop
    v_to := v_at + v_portion - 1;
    execute format(
      v_select, 'unnest($2, $3) as m (cell, rest) inner join app.product_match_facts as f on f.cell = m.cell',
      format(
        'f.changed_at >= case when %1$L::float8 - m.rest > %2$L::float8 / 1000 '
        'then %3$s - ((%2$L::float8 / (%1$L::float8 - m.rest) - 1) * %4$L::float8)::bigint else %5$s end and %6$s',
        v_floor, v_sql.recency, newest, 90 * 86400e6, '(-9e18)::bigint', v_unread
      )
    )
    into v_best using v_best, v_cells[v_at:v_to], v_rests[v_at:v_to];
    v_floor := greatest(v_floor, (v_best).scores[enough]);
    v_at := v_to + 1;
    v_portion := v_portion * 4;
  end loop;
  return coalesce((v_best).ids, '{}');
end;
$$;

comment on function app.find_candidates is
  'Ids of the best products for a customer that pass every hard filter, best first.';
