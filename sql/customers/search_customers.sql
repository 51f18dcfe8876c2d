-- What GET /v1/customers and rpc('search_customers') call.
create or replace function public.search_customers(
  q text default null,
  email text default null,
  tags_any text[] default null,
  updated_after timestamptz default null,
  cursor text default null,
  page_limit int default 50
)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return app.search_customers(
    search_customers.q, search_customers.email, search_customers.tags_any, search_customers.updated_after,
    search_customers.cursor, search_customers.page_limit
  );
end;
$$;

comment on function public.search_customers is
  'Customers of the caller''s vendor, newest change first, as {"data", "next_cursor"}. q: the beginnings of words of '
  'name and email; email: the whole address; tags_any: one of these tags.';
grant execute on function public.search_customers to authenticated;
