-- Adds synonyms of the vendor's own. Headers: {mode, canonical, synonyms, transform_ops?, confidence?}; values:
-- {domain, canonical, synonyms}. A row for the same target takes the new words in. Words that stand for something else
-- among the vendor's own are refused (409 synonym-taken); the platform's are overruled.
create or replace function public.create_synonym(kind text, synonym jsonb)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_vendor_id uuid := app.require_vendor('vendor_operator');
  v_row jsonb;
  v_words text[];
begin
  perform app.synonym_table(kind);
  perform app.refuse_field_errors(app.synonym_errors(kind, synonym, is_patch => false));
  v_words := array(select jsonb_array_elements_text(synonym -> 'synonyms'));
  if kind = 'headers' then
    insert into public.synonyms_header as s (vendor_id, mode, canonical, synonyms, transform_ops, confidence)
    values (
      v_vendor_id, synonym ->> 'mode', synonym ->> 'canonical', v_words,
      coalesce(
        synonym -> 'transform_ops',
        (
          select f.transform_ops
          from app.mapping_fields(synonym ->> 'mode') as f
          where f.field = synonym ->> 'canonical'
        ),
        '[]'
      ),
      coalesce((synonym ->> 'confidence')::numeric, 1.0)
    )
    on conflict (vendor_id, mode, canonical, transform_ops, confidence) do update
    set synonyms = s.synonyms || array(
          select w.word from unnest(excluded.synonyms) as w (word) where w.word <> all(s.synonyms)
        )
    returning to_jsonb(s) into v_row;
  else
    insert into public.synonyms_value as s (vendor_id, domain, canonical, synonyms)
    values (v_vendor_id, synonym ->> 'domain', synonym ->> 'canonical', v_words)
    on conflict (vendor_id, domain, canonical) do update
    set synonyms = s.synonyms || array(
          select w.word from unnest(excluded.synonyms) as w (word) where w.word <> all(s.synonyms)
        )
    returning to_jsonb(s) into v_row;
  end if;
  return app.synonym_json(v_row);
end;
$$;

comment on function public.create_synonym(text, jsonb) is 'Adds header or value synonyms of the vendor''s own.';

grant execute on function public.create_synonym(text, jsonb) to authenticated;
