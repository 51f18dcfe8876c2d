-- The value below which a share of a latency histogram lies, in milliseconds: evenly spread within its bucket, as
-- Prometheus estimates it. What lies above the last bound counts as that bound.
create or replace function app.histogram_quantile(buckets bigint[], quantile numeric)
returns numeric
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_bounds constant int[] := app.latency_bounds_ms();
  v_rank numeric;
  v_below numeric := 0;
  v_lower numeric;
begin
  select sum(b) * quantile into v_rank from unnest(buckets) as b;
  if v_rank is null or v_rank = 0 then
    return null;
  end if;
  for v_place in 1 .. cardinality(v_bounds) loop
    if v_below + buckets[v_place] >= v_rank then
      v_lower := coalesce(v_bounds[v_place - 1], 0);
      return round(v_lower + (v_bounds[v_place] - v_lower) * (v_rank - v_below) / buckets[v_place], 1);
    end if;
    v_below := v_below + buckets[v_place];
  end loop;
  return v_bounds[cardinality(v_bounds)];
end;
$$;
comment on function app.histogram_quantile is
  'Estimates a quantile (0 to 1) of a latency histogram in milliseconds; null for an empty one.';
