-- How many products each hard filter excludes for a customer. A product that fails two filters counts for both, but
-- unknown_allergens counts only what allergens does not. Exact up to 20,000 products; above that allergens, unknown
-- allergens and diet rules are counted as of the last statistics (app.match_classes), and nutrient_limits counts the
-- products of cells that lie above a limit as a whole: at least so many.
create or replace function app.count_excluded(vendor_id uuid, inputs jsonb)
returns jsonb
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
set max_parallel_workers_per_gather = 0
set jit = off
as $$
declare
  few constant int := 20000;
  v_vendor_id constant uuid := count_excluded.vendor_id;
  v_is_small constant boolean := not exists (
    select from app.match_statistics as s where s.vendor_id = v_vendor_id and s.products > few
  );
  v_counts jsonb := '{"allergens": 0, "unknown_allergens": 0, "diet_rules": 0, "nutrient_limits": 0, "deny_list": 0}';
  v_filters jsonb;
  v_may_pass text;
  v_fails text;
  v_more jsonb;
begin
  select
    coalesce(jsonb_object_agg(c.filter, c.passes) filter (where c.passes is not null), '{}'),
    max(c.cell_may_pass) filter (where c.filter = 'nutrient_limits')
  into v_filters, v_may_pass
  from (
    select
      m.filter,
      string_agg(m.passes, ' and ') filter (where v_is_small or m.by_mask or m.filter = 'deny_list') as passes,
      string_agg(m.cell_may_pass, ' and ') as cell_may_pass
    from app.match_conditions(v_vendor_id, inputs) as m
    group by m.filter
  ) as c;
  select string_agg(
    format(
      '%L, coalesce(sum(%s) filter (where not (%s)%s), 0)',
      f.key,
      case when v_is_small then '1' else 'f.products' end,
      f.value,
      case when f.key = 'unknown_allergens' then ' and ' || coalesce(v_filters ->> 'allergens', 'true') end
    ),
    ', '
  ) into v_fails
  from jsonb_each_text(v_filters) as f
  where v_is_small or f.key <> 'deny_list';
  if v_fails is not null then
    execute format(
      'select jsonb_build_object(%s) from %s as f where f.vendor_id = %L', v_fails,
      case when v_is_small then 'app.product_match_facts' else 'app.match_classes' end, v_vendor_id
    ) into v_more;
    v_counts := v_counts || v_more;
  end if;
  if not v_is_small then
    if v_may_pass is not null then
      execute format(
        'select jsonb_build_object(''nutrient_limits'', coalesce(sum(c.products), 0)) from app.match_cells as c '
        'where c.vendor_id = %L and not (%s)', v_vendor_id, v_may_pass
      ) into v_more;
      v_counts := v_counts || v_more;
    end if;
    if v_filters ? 'deny_list' then
      v_counts := v_counts || jsonb_build_object('deny_list', (
        select count(*)
        from app.product_match_facts as f
        where f.vendor_id = v_vendor_id
          and f.product_id = any (array(select i.id::uuid from jsonb_array_elements_text(inputs -> 'deny') as i (id)))
      ));
    end if;
  end if;
  return v_counts;
end;
$$;

comment on function app.count_excluded is 'Products that each hard filter excludes for a customer, by filter.';
