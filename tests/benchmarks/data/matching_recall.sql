-- Recall of the matching against every product that passes, scored without cells, classes or masks' shortcuts: one plain
-- pass over all facts with the same formula written anew. tests/database/matching/finds_the_best.test.sql holds the
-- formula itself, and the filters, to a scorer over the products' own lists and json.
create schema if not exists bench;

create or replace function bench.recall(vendor_id uuid, customer_id uuid) returns double precision
language plpgsql set search_path = '' as $$
declare
  v_inputs constant jsonb := app.match_inputs(recall.vendor_id, recall.customer_id);
  v_newest constant bigint := (
    select (extract(epoch from max(p.updated_at)) * 1000000)::bigint from public.products as p where p.vendor_id = recall.vendor_id
  );
  v_found constant uuid[] := array(
    select (r ->> 'product_id')::uuid
    from jsonb_array_elements(app.compute_matches(recall.vendor_id, v_inputs, 20) -> 'results') as r
  );
  v_best uuid[];
  v_passes text;
  v_fit text;
  v_met text;
begin
  select coalesce(string_agg(' and ' || m.passes, ''), '') into v_passes
  from app.match_conditions(recall.vendor_id, v_inputs) as m;
  select '(' || string_agg(
    case b.kind
      when 'ceiling' then format(
        '%s * case when f.%I is null then 0.5 when f.%2$I >= %s then 0 else 1 - f.%2$I / %3$s::float8 end',
        b.weight, b.nutrient, b.amount / 2
      )
      else format('%s * least(1, coalesce(f.%I, 0) / %s::float8)', b.weight, b.nutrient, b.amount / 5)
    end, ' + ') || ') / ' || sum(b.weight)
  into v_fit
  from app.match_budgets(v_inputs -> 'limits') as b;
  select coalesce('(' || string_agg(format('(f.tags & %s <> 0)::int', g.self), ' + ') || ') / ' || count(*) || '.0', '0.5')
  into v_met
  from app.match_goals(recall.vendor_id, v_inputs) as g;
  execute format(
    'select array_agg(x.id) from (select f.product_id as id from app.product_match_facts as f where f.vendor_id = %L %s '
    'order by round((0.3 * %s + 0.6 * (%s) + 0.1 * 90 / (90 + (%s - f.changed_at) / 86400e6))::numeric, 6) desc, '
    'f.changed_at desc, f.product_id limit 20) as x',
    recall.vendor_id, v_passes, v_met, v_fit, v_newest
  ) into v_best;
  return coalesce(
    (select count(*) from unnest(v_best) as b where b = any (v_found))::double precision / nullif(cardinality(v_best), 0), 1
  );
end $$;
