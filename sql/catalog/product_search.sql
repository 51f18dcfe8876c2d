-- A search that was read and checked: what app.search_products hands to the two ways of finding a page.
create type app.product_search as (
  vendor_id uuid,
  vendor_key text,
  match tsquery,
  in_name tsquery,
  in_name_or_brand tsquery,
  names tsquery,
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
  'A checked search: the vendor, queries by section, filters, the words (the unfinished one apart), and the lexemes to '
  'estimate by.';
