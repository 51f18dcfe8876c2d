-- The next places of a search, newest change first. The index first, up to a bound: most names match few, and then all
-- of them are sorted. What matches more is met so often on the way that walking the order is quicker. Both give the
-- same page, so cursors do not care which was taken.
create or replace function app.find_customers(
  vendor_id uuid, query tsquery, updated_after timestamptz, place app.customer_place, max_rows int
)
returns app.customer_place[]
language plpgsql
stable
set search_path = ''
as $$
declare
  most_by_index constant int := 2500;
  v_found app.customer_place[];
begin
  if query is not null and numnode(query) = 0 then
    return '{}';
  end if;
  if query is not null then
    v_found := array(
      select f
      from app.find_customers_by_index(
        find_customers.vendor_id, find_customers.query, find_customers.updated_after, most_by_index
      ) as f
    );
  end if;
  if cardinality(v_found) < most_by_index then
    return array(
      select f
      from unnest(v_found) as f
      where place is null or (f.updated_at, f.id) < ((place).updated_at, (place).id)
      order by f.updated_at desc, f.id desc
      limit max_rows
    );
  end if;
  return array(
    select f
    from app.find_customers_by_walk(
      find_customers.vendor_id, find_customers.query, find_customers.updated_after, find_customers.place, max_rows
    ) as f
  );
end;
$$;

comment on function app.find_customers is 'The next places of a search of customers, in order.';
