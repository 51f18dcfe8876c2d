-- Sets the platform's words of one domain from lines "code: word, word". Used by sql/taxonomy/seeds.
create or replace function app.seed_value_synonyms(domain text, synonyms text)
returns void
language sql
volatile
set search_path = ''
as $$
  insert into public.synonyms_value as s (domain, canonical, synonyms)
  select seed_value_synonyms.domain, l.parts[1], regexp_split_to_array(l.parts[2], '\s*,\s*')
  from regexp_matches(
    regexp_replace(seed_value_synonyms.synonyms, ',\s*\n\s*', ', ', 'g'),
    '^\s*([a-z0-9_]+):[ \t]*([^\n]*?)\s*$', 'gn'
  ) as l (parts)
  on conflict (vendor_id, domain, canonical) do update
  set synonyms = excluded.synonyms
  where s.synonyms <> excluded.synonyms;
$$;

comment on function app.seed_value_synonyms(text, text) is 'Sets the platform''s words of a domain; for migrations.';
