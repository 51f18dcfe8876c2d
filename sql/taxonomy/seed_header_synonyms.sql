-- Sets the platform's header synonyms of one mode from lines "field confidence [operations]: header, header"; without
-- operations a field has those of app.mapping_fields. Used by sql/taxonomy/seeds.
create or replace function app.seed_header_synonyms(mode text, synonyms text)
returns void
language sql
volatile
set search_path = ''
as $$
  insert into public.synonyms_header as s (mode, canonical, confidence, transform_ops, synonyms)
  select
    seed_header_synonyms.mode, l.parts[1], l.parts[2]::numeric, coalesce(l.parts[3]::jsonb, f.transform_ops, '[]'),
    regexp_split_to_array(l.parts[4], '\s*,\s*')
  from regexp_matches(
    regexp_replace(seed_header_synonyms.synonyms, ',\s*\n\s*', ', ', 'g'),
    '^\s*([a-z0-9_.]+) ([0-9.]+)(?: (\[[^\n]*\]))?:[ \t]*([^\n]*?)\s*$', 'gn'
  ) as l (parts)
  left join app.mapping_fields(seed_header_synonyms.mode) as f on f.field = l.parts[1]
  on conflict (vendor_id, mode, canonical, transform_ops, confidence) do update
  set synonyms = excluded.synonyms
  where s.synonyms <> excluded.synonyms;
$$;

comment on function app.seed_header_synonyms(text, text) is
  'Sets the platform''s header synonyms of a mode; for migrations.';
