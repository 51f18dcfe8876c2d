-- A text as HTML with the found words in <mark>; null when none is in it.
create or replace function app.highlight_text(value text, words text[], beginning text)
returns text
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_html text;
  v_found boolean;
begin
  select
    string_agg(case when f.found then '<mark>' || e.escaped || '</mark>' else e.escaped end, '' order by t.place),
    bool_or(f.found)
  into v_html, v_found
  from regexp_matches(value, '[[:alnum:]]+|[^[:alnum:]]+', 'g') with ordinality as t (piece, place)
  cross join lateral (
    select replace(replace(replace(replace(t.piece[1], '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '"', '&quot;')
  ) as e (escaped)
  cross join lateral (select app.fold_word(t.piece[1])) as w (word)
  cross join lateral (select coalesce(w.word = any (words) or w.word ^@ beginning, false)) as f (found);
  return case when v_found then v_html end;
end;
$$;

comment on function app.highlight_text is 'A text as HTML with found words marked.';
