-- The word that a mistyped one most likely stands for: the fewest edits (one for up to four letters, else two; swapped
-- neighbours are one), then the most used, then the most alike. Looked for among words with the same first letter,
-- words with many trigrams in common, and words with two letters swapped; recent words are few and all looked at.
create or replace function app.correct_word(vendor_id uuid, word text, recent jsonb)
returns text
language plpgsql
stable
set search_path = ''
as $$
declare
  v_edits constant int := case when length(word) < 5 then 1 else 2 end;
  v_swapped constant text[] := array(
    select left(word, n - 1) || substr(word, n + 1, 1) || substr(word, n, 1) || substr(word, n + 2)
    from generate_series(1, length(word) - 1) as n
  );
begin
  return (
    with known as (
      select l.lexeme, l.anywhere
      from app.catalog_lexemes as l
      where l.vendor_id = correct_word.vendor_id
        and l.lexeme ^@ left(word, 1)
        and strpos(l.lexeme, '=') = 0
        and length(l.lexeme) between length(word) - v_edits and length(word) + v_edits
      union
      select l.lexeme, l.anywhere
      from app.catalog_lexemes as l
      where l.vendor_id = correct_word.vendor_id
        and strpos(l.lexeme, '=') = 0
        and l.lexeme operator(extensions.%) word
      union
      select l.lexeme, l.anywhere
      from app.catalog_lexemes as l
      where l.vendor_id = correct_word.vendor_id and l.lexeme = any (v_swapped)
      union
      select r.key, r.value::bigint
      from jsonb_each_text(recent) as r
    )
    select k.lexeme
    from known as k
    cross join lateral (
      select case
        when k.lexeme = any (v_swapped) then 1
        else extensions.levenshtein_less_equal(k.lexeme, word, v_edits)
      end as edits
    ) as d
    where d.edits <= v_edits and length(k.lexeme) between 3 and 40
    order by d.edits, k.anywhere desc, extensions.similarity(k.lexeme, word) desc, k.lexeme collate "C"
    limit 1
  );
end;
$$;

comment on function app.correct_word is 'The likeliest word for a mistyped one.';
