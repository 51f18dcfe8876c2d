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
declare
  v_kind record;
begin
  insert into pg_temp.merge_terms (kind, raw)
  select distinct t.kind, btrim(t.raw)
  from public.stg_products as s
  cross join lateral (
    values
      ('categories', coalesce(s.category_id, s.category)),
      ('categories', coalesce(s.sub_category_id, s.sub_category)),
      ('cuisines', coalesce(s.cuisine_id, s.cuisine)),
      ('markets', coalesce(s.market_id, s.market))
  ) as t (kind, raw)
  where s.batch_id = translate_staged_terms.batch_id and t.raw ~ '[^[:space:]]';

  for v_kind in
    select k.kind, k.table_name, k.domain
    from app.taxonomy_kinds() as k
    where k.kind in (select t.kind from pg_temp.merge_terms as t)
    order by k.kind
  loop
    perform app.find_staged_terms(translate_staged_terms.vendor_id, v_kind.kind, v_kind.table_name, v_kind.domain);
    if translate_staged_terms.mode = 'file' then
      perform app.add_staged_terms(translate_staged_terms.vendor_id, v_kind.kind, v_kind.table_name);
    end if;
    execute format(
      'select from public.%I where id in (select t.id from pg_temp.merge_terms as t where t.kind = $1) '
      'order by id for key share',
      v_kind.table_name
    ) using v_kind.kind;
  end loop;
end;
$$;

comment on function app.translate_staged_terms is
  'Fills merge_terms: the distinct category, cuisine and market values of a batch and their ids.';
