-- The same query with its last word taken as the beginning of one, and that word; null where the last word is left out
-- (-word) or finished (a blank, a quote or another sign follows).
create or replace function app.open_last_word(q text, query tsquery, out opened tsquery, out beginning text)
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_text constant text := query::text;
  -- The query reads in the order of the words, so the last lexeme is the last word.
  v_parts constant text[] := regexp_match(v_text, '^(.*?)(!?)(''(?:[^''\\]|''''|\\.)*'')([ )]*)$');
begin
  if q ~ '[[:alnum:]]$' and v_parts is not null and v_parts[2] = '' then
    opened := (v_parts[1] || v_parts[3] || ':*' || v_parts[4])::tsquery;
    beginning := (tsvector_to_array(v_parts[3]::tsvector))[1];
  end if;
end;
$$;

comment on function app.open_last_word is 'A query whose last word may be unfinished.';
