-- What was typed with the words nobody uses replaced by the likeliest that somebody does; null when there is nothing to
-- replace or nothing to replace it by.
create or replace function app.correct_search(vendor_id uuid, q text, words text[])
returns text
language plpgsql
stable
set search_path = ''
as $$
declare
  -- Each word looked at costs a millisecond or two.
  most_words constant int := 6;
  v_recent constant jsonb := app.recent_words(vendor_id);
  v_corrections jsonb := '{}';
  v_word text;
begin
  foreach v_word in array words[:most_words] loop
    if length(v_word) between 3 and 40 and v_word ~ '^[[:alpha:]]+$' and not v_recent ? v_word
      and not exists (
        select from app.catalog_lexemes as l
        where l.vendor_id = correct_search.vendor_id and l.lexeme = v_word
      )
    then
      v_corrections := v_corrections || jsonb_strip_nulls(jsonb_build_object(
        v_word, app.correct_word(correct_search.vendor_id, v_word, v_recent)
      ));
    end if;
  end loop;
  if v_corrections = '{}' then
    return null;
  end if;
  -- Words stand in the text as they were typed, with case and accents.
  return (
    select string_agg(coalesce(v_corrections ->> app.fold_word(t.piece[1]), t.piece[1]), '' order by t.place)
    from regexp_matches(q, '[[:alnum:]]+|[^[:alnum:]]+', 'g') with ordinality as t (piece, place)
  );
end;
$$;

comment on function app.correct_search is 'A search text with its mistyped words corrected.';
