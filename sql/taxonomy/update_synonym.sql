-- Changes a synonym row of the vendor's own: synonyms replaces the whole list; headers also take transform_ops and
-- confidence. What it stands for stays: delete it and create another.
create or replace function public.update_synonym(kind text, id uuid, patch jsonb)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_vendor_id uuid := app.require_vendor('vendor_operator');
  v_table text := app.synonym_table(kind);
  v_row jsonb := app.find_own_row(v_table, update_synonym.id, v_vendor_id);
  v_words text[];
begin
  perform app.refuse_field_errors(app.synonym_errors(kind, patch, is_patch => true));
  v_words := case when patch ? 'synonyms' then array(select jsonb_array_elements_text(patch -> 'synonyms')) end;
  if kind = 'headers' then
    update public.synonyms_header as s
    set synonyms = coalesce(v_words, s.synonyms),
        transform_ops = coalesce(patch -> 'transform_ops', s.transform_ops),
        confidence = coalesce((patch ->> 'confidence')::numeric, s.confidence)
    where s.id = update_synonym.id and s.vendor_id = v_vendor_id
    returning to_jsonb(s) into v_row;
  else
    update public.synonyms_value as s
    set synonyms = coalesce(v_words, s.synonyms)
    where s.id = update_synonym.id and s.vendor_id = v_vendor_id
    returning to_jsonb(s) into v_row;
  end if;
  return app.synonym_json(v_row);
end;
$$;

comment on function public.update_synonym(text, uuid, jsonb) is
  'Changes header or value synonyms of the vendor''s own.';

grant execute on function public.update_synonym(text, uuid, jsonb) to authenticated;
