-- Words of the products changed since the vendor's lexemes were counted, with the number of those products: what
-- app.catalog_lexemes does not know yet. Of at most 5,000 products, the newest; more make it counted anew.
create or replace function app.recent_words(vendor_id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_since constant timestamptz := coalesce(
    (
      select s.taken_at from app.catalog_statistics as s
      where s.vendor_id = recent_words.vendor_id and s.products > 0
    ),
    '-infinity'
  );
begin
  return coalesce(
    (
      select jsonb_object_agg(s.word, s.ndoc)
      from ts_stat(format(
        'select p.search_tsv from partitions.products_%s as p where p.vendor_id = %L and p.soft_deleted_at is null '
        'and p.updated_at >= %L order by p.updated_at desc, p.id desc limit 5000',
        replace(recent_words.vendor_id::text, '-', ''), recent_words.vendor_id, v_since
      )) as s
      where length(s.word) between 3 and 40 and s.word ~ '^[[:alpha:]]+$'
    ),
    '{}'
  );
end;
$$;

comment on function app.recent_words is 'Words of recently changed products.';
