-- Second step of a merge: the distinct labels, codes and ids of categories, cuisines and markets, and the terms they
-- mean.
-- The terms found are locked against removal until the end of the transaction: one lock a term instead of one a
-- product.
-- In files a label that nobody knows becomes the vendor's own term, up to a bound that keeps a misread column from
-- flooding the taxonomy; in calls it is an error.
create or replace function app.translate_staged_terms(vendor_id uuid, batch_id uuid, mode text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  insert into pg_temp.merge_terms (kind, raw)
  select distinct t.kind, btrim(t.raw)
  from (
    select distinct t.kind, t.raw
    from (
      -- Few of so many rows: products of a kind have the same terms.
      select distinct
        coalesce(s.category_id, s.category) as category, coalesce(s.sub_category_id, s.sub_category) as sub_category,
        coalesce(s.cuisine_id, s.cuisine) as cuisine, coalesce(s.market_id, s.market) as market
      from public.stg_products as s
      where s.batch_id = translate_staged_terms.batch_id
    ) as s
    cross join lateral (
      values
        ('categories', s.category), ('categories', s.sub_category), ('cuisines', s.cuisine), ('markets', s.market)
    ) as t (kind, raw)
    where t.raw is not null
  ) as t
  where t.raw ~ '[^[:space:]]';

  perform app.resolve_staged_terms(translate_staged_terms.vendor_id, translate_staged_terms.mode);
end;
$$;

comment on function app.translate_staged_terms is
  'Fills merge_terms: the distinct category, cuisine and market values of a batch and their ids.';
