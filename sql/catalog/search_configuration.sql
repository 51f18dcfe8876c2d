-- The one text search configuration of the catalogue: folding (accents, case) happens inside it, so that what is
-- indexed and what is asked can never be folded differently. Only tokens with non-ASCII letters pay for unaccent.
-- Compound tokens (hosts, paths, hyphenated words) are left out: app.search_words has already taken them apart.
do $$
begin
  if not exists (
    select
    from pg_catalog.pg_ts_config
    where cfgname = 'catalog_words'
      and cfgnamespace = 'app'::regnamespace
  ) then
    create text search configuration app.catalog_words (parser = pg_catalog."default");
    alter text search configuration app.catalog_words
      add mapping for asciiword, hword_asciipart, int, uint, float, sfloat, version with pg_catalog.simple;
    alter text search configuration app.catalog_words
      add mapping for word, numword, hword_part, hword_numpart with extensions.unaccent, pg_catalog.simple;
  end if;
end;
$$;

comment on text search configuration app.catalog_words is
  'Words of the catalogue: unaccented, lower case, no stemming, no stop words. Used for indexing and for asking alike.';
