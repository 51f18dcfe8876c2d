-- Who may do what: viewers read, operators write, another vendor's products do not exist, anon gets nothing. The search is a
-- definer function, so it is tried as everybody.
begin;
select plan(33);
select tests.create_member('olga', 'acme', 'vendor_operator');
select tests.create_member('vera', 'acme', 'vendor_viewer');
select tests.create_member('bert', 'beta', 'vendor_admin');
select tests.create_superadmin('root');
select tests.act_as('olga');
select public.upsert_products('[{"external_id": "a", "name": "Acme secret", "barcode": "96385074", "images": ["https://x.test/a.png"]}]');
create temporary table ids as select p.id from public.products as p;
grant select on ids to public;

-- Viewer.
select tests.act_as('vera');
select is(jsonb_array_length(public.search_products('secret') -> 'data'), 1, 'a viewer searches');
select is(public.get_product((select id from ids)) ->> 'name', 'Acme secret', 'and gets');
select isnt_empty('select from public.products', 'and reads the table');
select isnt_empty('select from public.product_barcodes', 'the barcodes');
select isnt_empty('select from public.product_images', 'the pictures');
select isnt_empty('select from public.product_sources', 'the lineage');
select tests.refuses($$ select public.upsert_products('[{"external_id": "v", "name": "v"}]') $$, 403, 'insufficient-role', 'a viewer does not upsert');
select tests.refuses($$ select public.patch_product((select id from ids), '{"name": "v"}') $$, 403, 'insufficient-role', 'nor patch');
select tests.refuses($$ select public.delete_product((select id from ids)) $$, 403, 'insufficient-role', 'nor delete');

-- Another vendor.
select tests.act_as('bert');
select is(public.search_products('secret') -> 'data', '[]', 'another vendor finds nothing by words');
select is(public.search_products() -> 'data', '[]', 'nor in the list');
select tests.refuses($$ select public.get_product((select id from ids)) $$, 404, 'not-found', 'its admin gets 404');
select tests.refuses($$ select public.patch_product((select id from ids), '{"name": "b"}') $$, 404, 'not-found', 'cannot patch');
select tests.refuses($$ select public.delete_product((select id from ids)) $$, 404, 'not-found', 'cannot delete');
select is_empty('select from public.products', 'reads no product');
select is_empty('select from public.product_barcodes', 'no barcode');
select is_empty('select from public.product_images', 'no picture');
select is_empty('select from public.product_sources', 'no lineage');
select is(public.upsert_products('[{"external_id": "a", "name": "Beta"}]') ->> 'inserted', '1', 'the same external_id is theirs to use');

-- The tables are closed to writes, the inner functions and staging to all.
select tests.act_as('olga');
select is((select name from public.products), 'Acme secret', 'and touches nobody else''s product');
select tests.forbids($$ update public.products set name = 'x' $$, 'an operator cannot update the table');
select tests.forbids($$ delete from public.products $$, 'nor delete from it');
select tests.forbids($$ insert into public.product_barcodes values (app.current_vendor_id(), '00000000000000', gen_random_uuid()) $$, 'nor claim a barcode');
select tests.forbids($$ select from public.stg_products $$, 'nor see staging');
select tests.forbids($$ select app.merge_staged_products(gen_random_uuid(), 'api') $$, 'nor merge');
select tests.forbids($$ select from app.catalog_lexemes $$, 'nor read the statistics');

-- A cursor is worth nothing to another vendor.
select public.upsert_products('[{"external_id": "a2", "name": "Acme second"}]');
create temporary table cursors as select public.search_products(page_limit => 1) ->> 'next_cursor' as value;
grant select on cursors to public;
select tests.act_as('bert');
select tests.refuses($$ select public.search_products(page_limit => 1, cursor => (select value from cursors)) $$, 400, 'invalid-cursor', 'a foreign cursor is refused');
select tests.act_as('olga');
select tests.refuses($$ select public.search_products('acme', page_limit => 1, cursor => (select value from cursors)) $$, 400, 'invalid-cursor', 'so is one of other filters');

-- Nobody's vendor.
select tests.act_as('root');
select tests.refuses($$ select public.search_products() $$, 403, 'no-vendor', 'a superadmin has no catalogue');
select is_empty('select from public.products', 'and reads none');
select tests.act_as_anon();
select tests.forbids('select from public.products', 'anon reads nothing');
select tests.forbids('select public.search_products()', 'anon searches nothing');
select tests.forbids($$ select public.upsert_products('[]') $$, 'anon writes nothing');

select * from finish();
rollback;
