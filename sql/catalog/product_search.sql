-- A search that was read and checked: what app.search_products hands to the two ways of finding a page.
create type app.product_search as (
  vendor_id uuid,
  vendor_key text,
  match tsquery,
  probe tsquery,
  in_name tsquery,
  in_name_or_brand tsquery,
  names tsquery,
  recheck boolean,
  by_relevance boolean,
  nothing boolean,
  updated_after timestamptz,
  status text,
  words text[],
  beginning text,
  any_of text[],
  none_of text[]
);
comment on type app.product_search is
  'A checked search: the vendor, queries by section, what the index is asked for (probe, names) and whether its rows '
  'must be checked again, filters, the words (the unfinished one apart), and the lexemes to estimate by.';
