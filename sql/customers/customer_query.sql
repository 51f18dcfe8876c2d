-- The filters of search_customers as queries of search_tsv that must all match: every word of q by its beginning (a
-- word with @ is the beginning of an email), the exact email, one of the tags. Null without filters; none at all when q
-- has no word, and then nothing matches.
create or replace function app.customer_query(q text, email text, tags_any text[])
returns tsquery[]
language plpgsql
immutable
parallel safe
set search_path = ''
set client_min_messages = warning
as $$
declare
  v_parts text[] := '{}';
begin
  if q ~ '\S' then
    select array_agg(distinct w.lexeme) into v_parts
    from regexp_split_to_table(q, '\s+') as t (token)
    cross join lateral (
      select app.quote_lexeme('m=' || lower(t.token)) || ':*' as lexeme where t.token ~ '.@'
      union all
      select app.quote_lexeme(l.word) || ':*'
      from unnest(tsvector_to_array(to_tsvector('app.catalog_words', app.search_words(t.token)))) as l (word)
      where t.token !~ '.@'
    ) as w;
    if v_parts is null then
      return '{}';
    end if;
  end if;
  if email ~ '\S' then
    v_parts := v_parts || app.quote_lexeme('m=' || lower(btrim(email)));
  end if;
  if cardinality(tags_any) > 0 then
    v_parts := v_parts || (
      select string_agg(app.quote_lexeme('t=' || app.fold_text(t.tag)), ' | ') from unnest(tags_any) as t (tag)
    );
  end if;
  return nullif(v_parts, '{}')::tsquery[];
end;
$$;

comment on function app.customer_query is
  'Filters of search_customers as queries that must all match; null without any.';
