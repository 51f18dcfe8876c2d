-- Operators keep their vendor's own terms; the platform's and other vendors' are out of reach.
begin;
select plan(38);

select tests.create_member('olga', 'acme', 'vendor_operator');
select tests.create_member('vera', 'acme', 'vendor_viewer');
select tests.create_member('rita', 'rival', 'vendor_operator');

select tests.act_as('olga');
create temp table made (name text primary key, term jsonb) on commit drop;
insert into made values
  ('snacks', public.create_taxonomy_term('categories', '{"label": "Snack bars"}')),
  ('nut_bars', public.create_taxonomy_term('categories', '{"label": "Nut bars", "code": "nut_bars_x", "active": false}'));
create function pg_temp.id_of(name text) returns uuid language sql as
  $$ select (m.term ->> 'id')::uuid from pg_temp.made as m where m.name = id_of.name $$;

select is(term ->> 'code', 'snack_bars', 'a code is made of the label') from made where name = 'snacks';
select is(term ->> 'vendor_id', tests.vendor_id('acme')::text, 'it belongs to the vendor') from made where name = 'snacks';
select is(term ->> 'active', 'false', 'a term may start inactive') from made where name = 'nut_bars';
select is(
  public.update_taxonomy_term('categories', pg_temp.id_of('nut_bars'),
    jsonb_build_object('parent_id', pg_temp.id_of('snacks'), 'active', true, 'label', 'Nut bars!')) - 'updated_at',
  (select (term || jsonb_build_object('parent_id', pg_temp.id_of('snacks'), 'active', true, 'label', 'Nut bars!')) - 'updated_at'
   from made where name = 'nut_bars'), 'label, parent and active change'
);
select is(
  public.update_taxonomy_term('categories', pg_temp.id_of('nut_bars'), '{}') ->> 'label', 'Nut bars!', 'an empty patch changes nothing'
);
select is(
  public.create_taxonomy_term('categories', jsonb_build_object(
    'label', 'Below the platform', 'parent_id', (select id from public.tax_categories where code = 'snacks' and vendor_id is null)
  )) ->> 'code', 'below_the_platform', 'a parent may be the platform''s'
);
select is(
  jsonb_array_length(public.list_taxonomy('categories', parent_id => pg_temp.id_of('snacks')) -> 'data'), 1, 'children are listed'
);
select is(public.get_taxonomy_term('categories', pg_temp.id_of('snacks')) ->> 'label', 'Snack bars', 'a term is read');

-- Refusals.
select tests.refuses($$ select public.create_taxonomy_term('categories', '{"label": "Other", "code": "snack_bars"}') $$,
  409, 'already-exists', 'a code is taken once');
select lives_ok($$ select public.create_taxonomy_term('allergens', '{"label": "Milk", "code": "milk"}') $$,
  'a platform code may have the vendor''s own reading');
select tests.refuses($$ select public.create_taxonomy_term('categories', '{"label": "X", "colour": "red"}') $$,
  400, 'invalid-input', 'unknown fields are refused');
select is(
  tests.problem_of($$ select public.create_taxonomy_term('categories', '{"colour": "red", "active": "yes", "parent_id": "7"}') $$)
    -> 'errors' @> '[{"pointer": "/colour", "code": "unknown_field"}, {"pointer": "/label", "code": "required"},
      {"pointer": "/active", "code": "invalid_type"}, {"pointer": "/parent_id", "code": "invalid_type"}]',
  true, 'every faulty field is named at once'
);
select tests.refuses($$ select public.create_taxonomy_term('categories', '[]') $$, 400, 'invalid-input', 'a term is an object');
select tests.refuses($$ select public.create_taxonomy_term('categories', '{"label": "X", "code": "Not Snake"}') $$,
  400, 'invalid-input', 'codes are snake_case');
select tests.refuses($$ select public.create_taxonomy_term('categories', '{"label": "日本"}') $$,
  400, 'invalid-input', 'a label without Latin letters needs a code');
select tests.refuses($$ select public.create_taxonomy_term('planets', '{"label": "X"}') $$, 404, 'not-found', 'kinds are known');
select tests.refuses(
  format($$ select public.update_taxonomy_term('categories', %L, '{"code": "other_code"}') $$, pg_temp.id_of('snacks')),
  400, 'invalid-input', 'codes are fixed'
);
select tests.refuses(
  format($$ select public.update_taxonomy_term('categories', %L, '{"parent_id": %s}') $$, pg_temp.id_of('snacks'),
    to_jsonb(pg_temp.id_of('nut_bars'))),
  400, 'invalid-input', 'a term cannot stand below its descendant'
);
select tests.refuses(
  format($$ select public.update_taxonomy_term('categories', %1$L, '{"parent_id": "%1$s"}') $$, pg_temp.id_of('snacks')),
  400, 'invalid-input', 'nor below itself'
);
select tests.refuses(
  format($$ select public.delete_taxonomy_term('categories', %L) $$, pg_temp.id_of('snacks')), 409, 'in-use',
  'a term with children stays'
);
select tests.refuses(
  format($$ select public.update_taxonomy_term('allergens', %L, '{"label": "X"}') $$,
    (select id from public.tax_allergens where code = 'milk' and vendor_id is null)),
  403, 'forbidden', 'platform terms cannot be changed'
);
select tests.refuses(
  format($$ select public.delete_taxonomy_term('allergens', %L) $$,
    (select id from public.tax_allergens where code = 'fish' and vendor_id is null)),
  403, 'forbidden', 'nor removed'
);
select tests.refuses($$ select public.list_taxonomy('tags', page_limit => 201) $$, 400, 'invalid-input', 'pages have at most 200');
select tests.refuses($$ select public.list_taxonomy('tags', cursor => 'abc') $$, 400, 'invalid-cursor', 'cursors are checked');

-- Past the functions, straight at the table.
update public.tax_allergens set label = 'hacked' where vendor_id is null;
select is((select count(*)::int from public.tax_allergens where label = 'hacked'), 0, 'a plain update reaches no platform row');
select tests.forbids(
  format($$ insert into public.tax_tags (vendor_id, code, label) values (%L, 'x', 'X') $$, tests.vendor_id('rival')),
  'nobody writes for another vendor'
);
select tests.forbids($$ insert into public.tax_tags (vendor_id, code, label) values (null, 'x', 'X') $$,
  'nor for the platform');

-- In use by a product.
insert into made values ('tag', public.create_taxonomy_term('tags', '{"label": "House choice"}'));
select public.upsert_products('[{"external_id": "p1", "name": "Bar", "dietary_tags": ["house_choice"]}]');
select tests.refuses(
  format($$ select public.delete_taxonomy_term('tags', %L) $$, pg_temp.id_of('tag')), 409, 'in-use', 'a tag on products stays'
);
select lives_ok(
  format($$ select public.delete_taxonomy_term('categories', %L) $$, pg_temp.id_of('nut_bars')), 'an unused term goes'
);
select tests.refuses(
  format($$ select public.get_taxonomy_term('categories', %L) $$, pg_temp.id_of('nut_bars')), 404, 'not-found', 'and is gone'
);
-- The ids are read by others below.
grant select on made to public;

select tests.act_as('vera');
select is(
  public.list_taxonomy('categories', q => 'snack b') #>> '{data,0,code}', 'snack_bars', 'a viewer reads the vendor''s terms'
);
select tests.refuses($$ select public.create_taxonomy_term('tags', '{"label": "X"}') $$, 403, 'insufficient-role',
  'but adds none');
select tests.forbids(
  format($$ insert into public.tax_tags (vendor_id, code, label) values (%L, 'x', 'X') $$, tests.vendor_id('acme')),
  'not even straight into the table'
);

select tests.act_as('rita');
select is(public.list_taxonomy('categories', q => 'snack bars') -> 'data', '[]'::jsonb, 'another vendor does not see them');
select tests.refuses(
  format($$ select public.update_taxonomy_term('categories', %L, '{"label": "X"}') $$,
    (select term ->> 'id' from pg_temp.made where name = 'snacks')),
  404, 'not-found', 'and cannot change them'
);
select tests.refuses(
  format($$ select public.create_taxonomy_term('categories', '{"label": "X", "parent_id": "%s"}') $$,
    (select term ->> 'id' from pg_temp.made where name = 'snacks')),
  400, 'invalid-input', 'nor stand below them'
);

select tests.act_as_anon();
select tests.forbids($$ select public.list_taxonomy('tags') $$, 'anon may not ask');
select tests.forbids($$ select * from public.tax_tags $$, 'anon reads nothing');

select * from finish();
rollback;
