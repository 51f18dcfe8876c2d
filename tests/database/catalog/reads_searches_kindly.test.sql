-- Searches that find nothing are read again: the last word as a beginning, then mistyped words. The answer says so, and a
-- cursor keeps to that reading. Facet counts and marks are given on request.
begin;
select plan(31);
select tests.create_member('olga', 'acme', 'vendor_operator');
select tests.create_member('bob', 'beta', 'vendor_operator');
select tests.act_as('bob');
select public.upsert_products('[{"external_id": "x", "name": "Zwieback"}]');
select tests.act_as('olga');
select public.upsert_products('[
  {"external_id": "dark", "name": "Chocolate <dark> & bitter", "brand": "Café Noir", "dietary_tags": ["vegan"], "category": "beverages"},
  {"external_id": "milk", "name": "Milk chocolate", "brand": "cafe noir", "dietary_tags": ["vegetarian"]},
  {"external_id": "shake", "name": "Milkshake", "brand": "Cafe Noir", "dietary_tags": ["vegan", "vegetarian"]},
  {"external_id": "cake", "name": "Crème cake", "short_description": "with chocolate"}
]');
create function pg_temp.keys(answer jsonb) returns text[] language sql as $$
  select array(select d ->> 'external_id' from jsonb_array_elements(answer -> 'data') as d order by 1)
$$;
create function pg_temp.beta_ids() returns jsonb language sql as $$ select public.search_products('zwiebak') -> 'data' $$;

select is(pg_temp.keys(public.search_products('milk')), '{milk}', 'a word that is there is taken as it is');
select is(pg_temp.keys(public.search_products('milk', prefix => true)), '{milk,shake}', 'prefix: the last word may be unfinished');
select is(pg_temp.keys(public.search_products('noir mil', prefix => true)), '{milk,shake}', 'with words before it');
select is(public.search_products('mil noir', prefix => true) #>> '{corrected,to}', 'milk noir', 'only the last: another is a mistake');
select is(pg_temp.keys(public.search_products('choc -milk', prefix => true)), '{}', 'a word left out is not opened');
select is(pg_temp.keys(public.search_products('"milk choc', prefix => true)), '{milk}', 'a phrase is');
select is(public.search_products('milk', prefix => true) ? 'completed', false, 'what was asked for needs no mention');
select is(
  (select array_agg((d ->> 'score')::numeric) from jsonb_array_elements(public.search_products('choco', prefix => true) -> 'data') as d),
  array[1, 1, 0.25], 'the order is that of whole words'
);

select is(pg_temp.keys(public.search_products('choco')), '{cake,dark,milk}', 'a beginning that nothing else matches is completed');
select is(public.search_products('choco') -> 'completed', 'true', 'and the answer says so');
select is(pg_temp.keys(public.search_products('choco', prefix => false)), '{}', 'unless that is not wanted');
select is(pg_temp.keys(public.search_products('c')), '{}', 'one letter is no beginning');

select is(public.search_products('choclate') -> 'corrected', '{"from": "choclate", "to": "chocolate"}', 'a missing letter');
select is(public.search_products('Mlik, Choccolate!') #>> '{corrected,to}', 'milk, chocolate!', 'swapped letters, one too many; the rest of the text stays');
select is(pg_temp.keys(public.search_products('mlik choccolate')), '{milk}', 'what the correction finds is shown');
select is(public.search_products('creme cakke') #>> '{corrected,to}', 'creme cake', 'known words stay');
select is(public.search_products('"milk chocolatte"') #>> '{corrected,to}', '"milk chocolate"', 'in a phrase');
select is(public.search_products('xyzzy') ? 'corrected', false, 'a word like none is not corrected');
select is(public.search_products('zwiebak') ? 'corrected', false, 'another vendor''s words are not offered');
select is(public.search_products('milk noir cake') ? 'corrected', false, 'words that are all known are not corrected');
select is(public.search_products('choclate', brand => 'nobody') ? 'corrected', false, 'nor is a correction told that finds nothing');

create temporary table page as select public.search_products('choclate', page_limit => 2) as answer;
select is(
  public.search_products('choclate', page_limit => 2, cursor => answer ->> 'next_cursor') - 'next_cursor'::text - 'data'::text || jsonb_build_object(
    'keys', pg_temp.keys(answer) || pg_temp.keys(public.search_products('choclate', page_limit => 2, cursor => answer ->> 'next_cursor'))
  ),
  '{"corrected": {"from": "choclate", "to": "chocolate"}, "keys": ["dark", "milk", "cake"]}', 'further pages belong to the same reading'
) from page;
select public.upsert_products('[{"external_id": "typo", "name": "Choclate"}]');
select is(
  pg_temp.keys(public.search_products('choclate', page_limit => 2, cursor => answer ->> 'next_cursor')), '{cake}',
  'even when the word has come meanwhile'
) from page;
select is(pg_temp.keys(public.search_products('choclate')), '{typo}', 'a new search finds it');
select tests.refuses(
  format($$ select public.search_products('choclate', prefix => true, cursor => %L) $$, (select answer ->> 'next_cursor' from page)),
  400, 'invalid-cursor', 'a cursor belongs to its reading'
);

select is(
  public.search_products('chocolate', highlight => true, brand => 'cafe noir', tags_any => '{vegan}') #> '{data,0,highlight}',
  '{"name": "<mark>Chocolate</mark> &lt;dark&gt; &amp; bitter"}', 'marks, in escaped text'
);
select is(
  public.search_products('CREME ca', prefix => true, highlight => true) #> '{data,0,highlight}',
  '{"name": "<mark>Crème</mark> <mark>cake</mark>"}', 'without accents and case, and beginnings'
);
select is(
  public.search_products('noir', facets => '{brand,tags}') -> 'facets',
  '{"approximate": false, "brand": [{"value": "Cafe Noir", "count": 3}],
    "tags": [{"value": "vegan", "count": 2}, {"value": "vegetarian", "count": 2}]}', 'facets count the matches, spellings as one'
);
select is(
  (public.search_products(facets => '{category}', page_limit => 1) #> '{facets,category,0}') - 'id', '{"code": "beverages", "label": "Beverages", "count": 1}',
  'of the list too, whatever the page'
);
select is(public.search_products('!!!', facets => '{brand}') -> 'facets', '{"approximate": false, "brand": []}', 'of nothing');
select tests.refuses($$ select public.search_products('a', facets => '{colour}') $$, 400, 'invalid-input', 'facets are three');

select * from finish();
rollback;
