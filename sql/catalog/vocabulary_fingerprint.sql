-- Hash over everything that decides what a word in a file means to a vendor. Ten thousand narrow rows: milliseconds.
create or replace function app.vocabulary_fingerprint(vendor_id uuid)
returns bigint
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select coalesce(bit_xor(hashtextextended(w.word, 0)), 0)
    from (
      select i::text as word
      from app.synonym_index as i
      where i.space like 'value:%' and (i.vendor_id is null or i.vendor_id = vocabulary_fingerprint.vendor_id)
      union all
      select concat('categories ', t.id, ' ', t.code, ' ', t.active) from public.tax_categories as t
      where t.vendor_id is null or t.vendor_id = vocabulary_fingerprint.vendor_id
      union all
      select concat('cuisines ', t.id, ' ', t.code, ' ', t.active) from public.tax_cuisines as t
      where t.vendor_id is null or t.vendor_id = vocabulary_fingerprint.vendor_id
      union all
      select concat('markets ', t.id, ' ', t.code, ' ', t.active) from public.tax_markets as t
      where t.vendor_id is null or t.vendor_id = vocabulary_fingerprint.vendor_id
    ) as w
  );
end;
$$;

comment on function app.vocabulary_fingerprint is 'Fingerprint of the words a vendor''s files are read by.';
