-- The guarantee that search_tsv follows the values, whoever writes. The merge brings its own vector; the conditions of
-- the triggers then let it pass, which saves it a tenth of its time.
create or replace function app.keep_search_vector()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  new.search_tsv := app.product_search_vector(
    new.name, new.brand, new.short_description, array[new.category_id, new.sub_category_id], new.cuisine_id,
    new.market_id,
    new.dietary_tags, new.allergens, new.may_contain, new.free_from
  );
  return new;
end;
$$;

comment on function app.keep_search_vector is 'Trigger: computes search_tsv for a row that comes without a new one.';

create or replace trigger fill_search_vector_trigger
before insert on public.products
for each row
when (new.search_tsv is null)
execute function app.keep_search_vector();

create or replace trigger keep_search_vector_trigger
before update on public.products
for each row
when (
  new.search_tsv is not distinct from old.search_tsv
  and (
    new.name, new.brand, new.short_description, new.category_id, new.sub_category_id, new.cuisine_id, new.market_id,
    new.dietary_tags, new.allergens, new.may_contain, new.free_from
  ) is distinct from (
    old.name, old.brand, old.short_description, old.category_id, old.sub_category_id, old.cuisine_id, old.market_id,
    old.dietary_tags, old.allergens, old.may_contain, old.free_from
  )
)
execute function app.keep_search_vector();
