-- A search that found nothing is read more kindly: first its last word as the beginning of one, then the words nobody
-- uses as typing errors. The first reading that finds something counts; else it stays as it was.
create or replace function app.read_search_again(
  given app.product_search,
  q text,
  prefix boolean,
  brand text,
  category_id uuid,
  tags_any text[],
  allergens_none text[],
  updated_after timestamptz,
  status text,
  sort text,
  page_limit int,
  out reading app.product_reading,
  out search app.product_search,
  out places app.product_place[]
)
language plpgsql
stable
set search_path = ''
as $$
declare
  v_vendor_id constant uuid := (given).vendor_id;
  v_corrected text;
begin
  if prefix is null then
    reading := row(q, true, false);
    search := app.read_product_search(
      v_vendor_id, reading, brand, category_id, tags_any, allergens_none, updated_after, status, sort
    );
    -- One letter begins anything.
    if length((search).beginning) > 1 then
      places := app.find_places(search, null, page_limit);
    end if;
  end if;
  if places is null then
    v_corrected := app.correct_search(v_vendor_id, q, (given).words);
    if v_corrected is not null then
      reading := row(v_corrected, false, true);
      search := app.read_product_search(
        v_vendor_id, reading, brand, category_id, tags_any, allergens_none, updated_after, status, sort
      );
      places := app.find_places(search, null, page_limit);
    end if;
  end if;
  if places is null then
    reading := row(q, coalesce(prefix, false), false);
    search := given;
  end if;
end;
$$;

comment on function app.read_search_again is 'A search without results, read more kindly.';
