-- Gives a vendor functions of its own for searching customers, whose plans are made once a connection
-- (app.create_vendor_function). What is not given comes as infinity, so that one plan serves all calls.
create or replace function app.create_vendor_customer_search(vendor_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  -- The order of change, no further than a budget of rows. The rows are matched above the merge of the leaves: below
  -- it, each of 32 leaves would have to find a match before there is a first.
  perform app.create_vendor_function(
    vendor_id, 'customers', 'walk_customers',
    'match tsquery, updated_after timestamptz, before_time timestamptz, before_id uuid, budget bigint, max_rows int',
    'setof app.customer_place', 'set enable_bitmapscan = off set enable_sort = off',
    '
  select w.updated_at, w.id
  from (
    select c.updated_at, c.id, c.search_tsv, c.soft_deleted_at
    from %1$s as c
    where c.vendor_id = %2$s and c.updated_at > updated_after and (c.updated_at, c.id) < (before_time, before_id)
    order by c.updated_at desc, c.id desc
    limit budget
  ) as w
  where (match is null or w.search_tsv @@ match) and w.soft_deleted_at is null
  order by w.updated_at desc, w.id desc
  limit max_rows'
  );
  -- All matches by the search index, sorted; `whole` is checked on the rows alone. No vendor_id, and no other scans:
  -- only the search index can then answer it.
  perform app.create_vendor_function(
    vendor_id, 'customers', 'match_customers',
    'match tsquery, whole tsquery, updated_after timestamptz, before_time timestamptz, before_id uuid, max_rows int',
    'setof app.customer_place', 'set enable_indexscan = off set enable_indexonlyscan = off',
    '
  select c.updated_at, c.id
  from %1$s as c
  where c.search_tsv @@ match
    and (whole is null or c.search_tsv @@ whole)
    and c.soft_deleted_at is null
    and c.updated_at > updated_after
    and (c.updated_at, c.id) < (before_time, before_id)
  order by c.updated_at desc, c.id desc
  limit max_rows'
  );
  -- How many match in the first of the 32 leaves, counted no further than asked. Leaves are alike: ids are hashes.
  perform app.create_vendor_function(
    vendor_id, 'customers', 'sample_customers', 'match tsquery, most int', 'setof bigint',
    'set enable_indexscan = off set enable_indexonlyscan = off',
    'select count(*) from (select from %1$s_00 as c where c.search_tsv @@ match limit most) as s'
  );
  -- The rows with these ids, in their order. Id by id, so that only the leaf that can have it is looked into.
  perform app.create_vendor_function(
    vendor_id, 'customers', 'fetch_customers', 'ids uuid[]', 'setof jsonb',
    'set enable_hashjoin = off set enable_mergejoin = off',
    '
  select app.customer_json(c)
  from unnest(ids) with ordinality as w (id, place)
  inner join %1$s as c on c.vendor_id = %2$s and c.id = w.id
  order by w.place'
  );
end;
$$;

comment on function app.create_vendor_customer_search is 'Makes the functions of one vendor that search its customers.';
