-- Walks the order of change from a place and keeps what matches, no further than a budget of rows: for searches that
-- match much, and for lists without words.
create or replace function app.walk_products_statement()
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return '
  select tier, w.updated_at, w.id
  from (
    select p.updated_at, p.id, p.search_tsv, p.soft_deleted_at, p.status
    from %1$s as p
    where p.vendor_id = %2$s
      and p.updated_at > updated_after
      and (p.updated_at, p.id) < (before_time, before_id)
    order by p.updated_at desc, p.id desc
    limit budget
  ) as w
  where (match is null or w.search_tsv @@ match)
    and w.soft_deleted_at is null
    and (status is null or w.status = status)
  order by w.updated_at desc, w.id desc
  limit page_limit';
end;
$$;

comment on function app.walk_products_statement is 'The statement of a vendor''s walk_products.';
