-- Whether a search is ordered by relevance: when asked for, else whenever there are words.
create or replace function app.is_by_relevance(q text, sort text)
returns boolean
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  return coalesce(sort, case when q ~ '[^[:space:]]' then 'relevance' end, '-updated_at') = 'relevance';
end;
$$;

comment on function app.is_by_relevance is 'Whether a search is ordered by relevance.';
