-- All words of a domain with their codes as one vendor sees them: its own synonyms win over its own terms, and those
-- over the platform's. Join on app.fold_token(token).
create or replace function app.value_dictionary(vendor_id uuid, domain text)
returns table (synonym text, canonical text)
language sql
stable
set search_path = ''
as $$
  select distinct on (s.folded) s.folded, s.canonical
  from app.synonym_index as s
  where s.space = 'value:' || value_dictionary.domain
    and (s.vendor_id is null or s.vendor_id = value_dictionary.vendor_id)
  order by s.folded, s.vendor_id is null, s.source, s.canonical;
$$;

comment on function app.value_dictionary(uuid, text) is
  'Folded words of a domain and their codes, as a vendor sees them.';

grant execute on function app.value_dictionary(uuid, text) to authenticated, service_role;
