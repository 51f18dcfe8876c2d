-- Folds a list of headers: distinct, sorted, without blanks. Immutable, so that tables can store its result.
create or replace function app.fold_headers(headers text[])
returns text[]
language sql
immutable
parallel safe
set search_path = ''
as $$
  select coalesce(array_agg(distinct f.folded order by f.folded), '{}')
  from unnest(fold_headers.headers) as h (header)
  cross join lateral app.fold_header(h.header) as f (folded)
  where f.folded <> '';
$$;

comment on function app.fold_headers(text[]) is 'Distinct folded forms of a list of headers, sorted.';

grant execute on function app.fold_headers(text[]) to authenticated, service_role;
