-- Folds a list of tokens: distinct, sorted, without blanks. Immutable, so that tables can store its result.
create or replace function app.fold_tokens(tokens text[])
returns text[]
language sql
immutable
parallel safe
set search_path = ''
as $$
  select coalesce(array_agg(distinct f.folded order by f.folded), '{}')
  from unnest(fold_tokens.tokens) as t (token)
  cross join lateral app.fold_token(t.token) as f (folded)
  where f.folded <> '';
$$;

comment on function app.fold_tokens(text[]) is 'Distinct folded forms of a list of tokens, sorted.';

grant execute on function app.fold_tokens(text[]) to authenticated, service_role;
