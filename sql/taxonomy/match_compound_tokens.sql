-- Like app.match_tokens for lists in which people join words with more than commas ("milk and eggs", "MILK/EGG/SOY",
-- "Contains wheat. May contain nuts.", "Nuts (almonds, cashews)"): a token nobody knows is taken apart there, and
-- answers each part. A part that stays unknown keeps the token unknown beside the parts that are known.
create or replace function app.match_compound_tokens(vendor_id uuid, domain text, tokens text[])
returns table (token text, canonical text)
language sql
stable
set search_path = ''
as $$
  with whole as materialized (
    select m.token, m.canonical
    from app.match_tokens(
      match_compound_tokens.vendor_id, match_compound_tokens.domain, match_compound_tokens.tokens
    ) as m
  ),
  part as materialized (
    select w.token, btrim(p.part) as part
    from whole as w
    cross join lateral regexp_split_to_table(
      w.token,
      '\s*(?:[&/+:•\n()\[\],;]|[.](?=\s|$)|\s(?:and|et|und|y|e|en|och|or|ou|oder|o|sowie|as well as)\s)\s*', 'i'
    ) as p (part)
    where w.canonical is null and p.part ~ '[[:alnum:]]' and length(w.token) <= 1000
  ),
  known as materialized (
    select m.token as part, m.canonical
    from app.match_tokens(
      match_compound_tokens.vendor_id, match_compound_tokens.domain,
      (
        select array_agg(distinct p.part) from part as p
        where app.fold_text(p.part) !~ (
          '^(?:en|fr|de|es|it|nl|pt|allergens?|allergenes?|incl|including'
          '|(?:may |peut |puede |kann |puo |pode )?'
          '(?:contains?|contenir|contient|contener|contiene|enthalt|enthalten|contenere|conter|contem|bevat)'
          '(?: traces)?)$'
        )
      )
    ) as m
  )
  select w.token, w.canonical from whole as w where w.canonical is not null
  union all
  select p.token, k.canonical from part as p join known as k on k.part = p.part
  union all
  select w.token, null from whole as w
  where w.canonical is null
    and not exists (select from part as p join known as k on k.part = p.part where p.token = w.token);
$$;

comment on function app.match_compound_tokens(uuid, text, text[]) is
  'The codes each token means in a domain, joined words taken apart; null where nobody knows.';

grant execute on function app.match_compound_tokens(uuid, text, text[]) to authenticated, service_role;
