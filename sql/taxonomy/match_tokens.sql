-- What each of many tokens means in a domain; canonical is null where nobody knows. One probe of the index a token,
-- so it costs the same for a file's distinct tokens as for one row's. A token is tried as it is, then without the
-- words that labels put around it ("Contains: ", "traces of"), then without a plural s.
create or replace function app.match_tokens(vendor_id uuid, domain text, tokens text[])
returns table (token text, canonical text)
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
begin
  return query
  select
    t.token,
    (
      select s.canonical
      from unnest(array[f.folded, b.bare, regexp_replace(b.bare, 's$', '')]) with ordinality as c (folded, attempt)
      inner join app.synonym_index as s
        on s.space = 'value:' || match_tokens.domain
          and s.folded = c.folded
          and (s.vendor_id is null or s.vendor_id = match_tokens.vendor_id)
      order by c.attempt, s.vendor_id is null, s.source, s.canonical
      limit 1
    )
  from (select distinct u.token from unnest(match_tokens.tokens) as u (token)) as t
  cross join lateral app.fold_token(t.token) as f (folded)
  cross join lateral regexp_replace(
    f.folded,
    '^(?:(?:may |peut |puede |kann |puo |pode )?'
    '(?:contain|contains|contenir|contient|contener|contiene|enthalt|enthalten|contenere|conter|contem|bevat)'
    '(?: des)? ?)?'
    '(?:(?:traces?|trazas|spuren|tracce|sporen|vestigios) ?(?:of|de|d|von|di|van)? )?',
    ''
  ) as b (bare);
end;
$$;

comment on function app.match_tokens(uuid, text, text[]) is
  'The code each token means in a domain, null where nobody knows.';

grant execute on function app.match_tokens(uuid, text, text[]) to authenticated, service_role;
