-- The next places of a search, newest change first. By the search index where few match: all of them are fetched and
-- sorted. What matches more is met so often on the way that walking the order of change is quicker; not so where the
-- matches are all old, and then the index gets them after all. How many match is sampled. The rarest part of a query
-- leads, and the others are asked of the rows: for a beginning of words the index reads all that has it.
-- All ways give the same page, so cursors do not care which was taken.
create or replace function app.find_customers(
  vendor_id uuid, parts tsquery[], updated_after timestamptz, place app.customer_place, max_rows int
)
returns app.customer_place[]
language plpgsql
stable
set search_path = ''
as $$
declare
  leaves constant int := 32;
  -- With so many matches both ways take as long in a million customers: a fetched match costs four steps of the walk,
  -- and the more rows are wanted, the longer the walk.
  few constant int := 500 * sqrt(max_rows);
  -- Three times what the walk takes with that many matches spread evenly.
  budget constant bigint := 12 * few;
  v_key constant text := replace(find_customers.vendor_id::text, '-', '');
  v_sample constant text := format('select * from partitions.sample_customers_%s($1, $2)', v_key);
  v_after constant timestamptz := coalesce(find_customers.updated_after, '-infinity');
  v_before constant timestamptz := coalesce((place).updated_at, 'infinity');
  v_before_id constant uuid := coalesce((place).id, 'ffffffff-ffff-ffff-ffff-ffffffffffff');
  v_part tsquery;
  v_whole tsquery;
  v_lead tsquery;
  v_sampled bigint;
  v_least bigint;
  v_found app.customer_place[];
begin
  if parts = '{}' then
    return '{}';
  end if;
  foreach v_part in array coalesce(parts, '{}') loop
    execute v_sample using v_part, few / leaves into v_sampled;
    if v_least is null or v_sampled < v_least then
      v_lead := v_part;
      v_least := v_sampled;
    end if;
    v_whole := coalesce(v_whole && v_part, v_part);
  end loop;
  if v_least >= few / leaves and cardinality(parts) > 1 then
    v_lead := v_whole;
    execute v_sample using v_whole, few / leaves into v_least;
  end if;
  if v_least is null or v_least >= few / leaves then
    execute format('select array_agg(f) from partitions.walk_customers_%s($1, $2, $3, $4, $5, $6) as f', v_key)
    using v_whole, v_after, v_before, v_before_id, case when v_whole is not null then budget end, max_rows
    into v_found;
    if v_whole is null or cardinality(v_found) = max_rows then
      return coalesce(v_found, '{}');
    end if;
  end if;
  execute format('select array_agg(f) from partitions.match_customers_%s($1, $2, $3, $4, $5, $6) as f', v_key)
  using v_lead, nullif(v_whole, v_lead), v_after, v_before, v_before_id, max_rows
  into v_found;
  return coalesce(v_found, '{}');
end;
$$;

comment on function app.find_customers is 'The next places of a search of customers, in order.';
