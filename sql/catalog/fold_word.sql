-- A word as it stands in search_tsv; null for what is none.
create or replace function app.fold_word(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return (tsvector_to_array(to_tsvector('app.catalog_words', value)))[1];
end;
$$;

comment on function app.fold_word is 'A word as it is indexed.';
grant execute on function app.fold_word to authenticated, service_role;
