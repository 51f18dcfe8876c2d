-- search_tsv follows the values whoever writes them; and a brand cannot smuggle a facet in.
begin;
select plan(7);
select tests.create_member('olga', 'acme', 'vendor_operator');
insert into public.products (vendor_id, id, external_id, name)
select v, extensions.uuid_generate_v5(v, 'a'), 'a', 'Oat drink' from tests.vendor_id('acme') as v;
select ok((select p.search_tsv @@ 'oat:A & !milk' from public.products as p), 'an insert without a vector gets one');
update public.products set name = 'Milk drink', allergens = '{milk}';
select ok((select p.search_tsv @@ 'milk:A & !oat' from public.products as p), 'an update of the name renews it');
select ok((select p.search_tsv @@ '''a=milk'' & !''a=?''' from public.products as p), 'with its facets');
create temporary table before as select p.search_tsv from public.products as p;
update public.products set price = 3;
select is((select p.search_tsv from public.products as p), (select search_tsv from before), 'an update of the price leaves it');

select tests.act_as('olga');
select public.upsert_products(jsonb_build_array(jsonb_build_object('external_id', 'x', 'name', 'X', 'brand', E'y\x1ff=milk')));
select is(
  public.search_products('x', allergens_none => '{milk}') -> 'data', '[]', 'a brand with a separator is no declaration'
);
select tests.reset_role();
select is(
  (select count(*) from public.products as p where p.search_tsv is distinct from app.product_search_vector(
    p.name, p.brand, p.short_description, array[p.category_id, p.sub_category_id], p.cuisine_id, p.market_id, p.dietary_tags,
    p.allergens, p.may_contain, p.free_from)),
  0::bigint, 'merge and trigger agree'
);
select throws_ok(
  $$ update public.products set external_id = 'other' where external_id = 'a' $$, '23514', null, 'external_id cannot change under an id'
);

select * from finish();
rollback;
