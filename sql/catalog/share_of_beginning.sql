-- The share of products with a word that begins like the unfinished one, as if no product had two of them.
create or replace function app.share_of_beginning(
  search app.product_search,
  products double precision,
  section text
)
returns double precision
language plpgsql
stable
set search_path = ''
as $$
declare
  v_share double precision;
begin
  select
    sum(greatest(
      case section when 'in_name' then l.in_name when 'in_name_or_brand' then l.in_name_or_brand else l.anywhere end,
      -- Rarer words are kept without a count.
      products / 10000
    )) / products
  into v_share
  from app.catalog_lexemes as l
  where l.vendor_id = (search).vendor_id and l.lexeme ^@ (search).beginning;
  return least(1, greatest(v_share, 0.001));
end;
$$;

comment on function app.share_of_beginning is 'Estimated share of products with a word that begins so.';
