-- The synonyms of one dictionary that the caller's vendor sees, by space (mode or domain) and canonical word. q finds
-- rows by the beginning or a part of a word.
create or replace function public.list_synonyms(
  kind text,
  q text default null,
  mode text default null,
  domain text default null,
  canonical text default null,
  cursor text default null,
  page_limit int default 50
)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_vendor_id uuid := app.require_vendor('vendor_viewer');
  v_table text := app.synonym_table(kind);
  v_space text := case kind when 'headers' then 'mode' else 'domain' end;
  v_scope text := concat_ws(
    '/', 'synonyms', kind, v_vendor_id,
    app.fingerprint(jsonb_build_array(q, list_synonyms.mode, list_synonyms.domain, list_synonyms.canonical))
  );
  v_after jsonb := app.decode_cursor(v_scope, cursor);
  v_rows jsonb;
begin
  perform app.check_page_limit(page_limit);
  perform app.check_choice('mode', list_synonyms.mode, '{products, customers}');
  perform app.check_choice(
    'domain', list_synonyms.domain,
    '{allergen, condition, unit, diet, gender, activity, nutrient, certification, category, cuisine, market}'
  );
  execute format(
    'select coalesce(jsonb_agg(app.synonym_json(to_jsonb(r)) order by r.%1$I, r.canonical, r.id), ''[]'')
     from (
       select t.*
       from public.%2$I as t
       where (t.vendor_id is null or t.vendor_id = $1)
         and ($2 is null or t.%1$I = $2)
         and ($3 is null or t.canonical = $3)
         and ($4 is null or exists (select from unnest(t.folded) as f (word) where strpos(f.word, $4) > 0))
         and ($5 is null or (t.%1$I, t.canonical, t.id) > ($5, $6, $7))
       order by t.%1$I, t.canonical, t.id
       limit $8
     ) as r', v_space, v_table
  ) into v_rows
  using v_vendor_id, case kind when 'headers' then list_synonyms.mode else list_synonyms.domain end,
    list_synonyms.canonical, nullif(app.fold_header(q), ''),
    v_after ->> v_space, v_after ->> 'canonical', (v_after ->> 'id')::uuid, page_limit + 1;
  return app.list_page(v_rows, page_limit, v_scope, array[v_space, 'canonical', 'id']);
end;
$$;

comment on function public.list_synonyms(text, text, text, text, text, text, int) is
'A page of header or value synonyms: the platform''s and the vendor''s own.';

grant execute on function public.list_synonyms(text, text, text, text, text, text, int) to authenticated;
