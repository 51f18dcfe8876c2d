-- Operators keep their vendor's own synonyms; a word has one meaning in a scope, and the vendor's own meaning wins.
begin;
select plan(30);

select tests.create_member('olga', 'acme', 'vendor_operator');
select tests.create_member('vera', 'acme', 'vendor_viewer');
select tests.create_member('rita', 'rival', 'vendor_operator');

select tests.act_as('olga');
create temp table made (name text primary key, synonym jsonb) on commit drop;
grant select on made to public;
insert into made values
  ('soy', public.create_synonym('values', '{"domain": "allergen", "canonical": "soybeans", "synonyms": ["Gluggle", "Shellfish"]}')),
  ('name', public.create_synonym('headers', '{"mode": "products", "canonical": "price", "synonyms": ["Kosten"]}'));
create function pg_temp.id_of(name text) returns uuid language sql as
  $$ select (m.synonym ->> 'id')::uuid from pg_temp.made as m where m.name = id_of.name $$;

select is(synonym ->> 'vendor_id', tests.vendor_id('acme')::text, 'a synonym belongs to the vendor') from made where name = 'soy';
select is(synonym ? 'folded', false, 'how it is compared is not shown') from made where name = 'soy';
select is(synonym -> 'transform_ops', '["money"]'::jsonb, 'headers get the field''s operations') from made where name = 'name';
select is(
  public.create_synonym('values', '{"domain": "allergen", "canonical": "soybeans", "synonyms": ["Gluggle", "Blip"]}') -> 'synonyms',
  '["Gluggle", "Shellfish", "Blip"]'::jsonb, 'a second row for the same target adds to the first'
);
select is(
  public.update_synonym('values', pg_temp.id_of('soy'), '{"synonyms": ["Gluggle", "Shellfish"]}') -> 'synonyms',
  '["Gluggle", "Shellfish"]'::jsonb, 'a patch replaces the list'
);
select is(
  public.update_synonym('headers', pg_temp.id_of('name'), '{"transform_ops": ["decimal_comma"], "confidence": 0.5}')
    @> '{"transform_ops": ["decimal_comma"], "confidence": 0.5, "synonyms": ["Kosten"]}', true, 'operations and confidence change'
);
select is(public.get_synonym('values', pg_temp.id_of('soy')) ->> 'canonical', 'soybeans', 'a synonym is read');
select is(
  (select array_agg(s ->> 'canonical') from jsonb_array_elements(
    public.list_synonyms('values', q => 'gluggle') -> 'data') as s), array['soybeans'], 'and found by its words'
);
select is(
  jsonb_array_length(public.list_synonyms('headers', mode => 'customers', canonical => 'email') -> 'data'), 1,
  'headers are listed by mode and field'
);

-- Refusals.
select tests.refuses(
  $$ select public.create_synonym('values', '{"domain": "allergen", "canonical": "fish", "synonyms": ["GLUGGLE"]}') $$,
  409, 'synonym-taken', 'a word of the vendor''s own has one meaning'
);
select matches(
  tests.problem_of(
    $$ select public.create_synonym('values', '{"domain": "allergen", "canonical": "fish", "synonyms": ["gluggle"]}') $$
  ) ->> 'detail', '"gluggle" already stands for "soybeans"', 'the refusal names it'
);
select tests.refuses(
  $$ select public.create_synonym('headers', '{"mode": "products", "canonical": "name", "synonyms": ["kosten"]}') $$,
  409, 'synonym-taken', 'the same for headers'
);
select lives_ok(
  $$ select public.create_synonym('headers', '{"mode": "customers", "canonical": "full_name", "synonyms": ["kosten"]}') $$,
  'the other mode is another scope'
);
select tests.refuses(
  $$ select public.create_synonym('values', '{"domain": "allergen", "canonical": "unicorn", "synonyms": ["x"]}') $$,
  400, 'invalid-input', 'the code exists'
);
select tests.refuses(
  $$ select public.create_synonym('headers', '{"mode": "products", "canonical": "nmae", "synonyms": ["x"]}') $$,
  400, 'invalid-input', 'the field exists'
);
select tests.refuses(
  $$ select public.create_synonym('headers', '{"mode": "products", "canonical": "name", "synonyms": ["x"], "transform_ops": ["shake"]}') $$,
  400, 'invalid-input', 'the operations exist'
);
select is(
  tests.problem_of($$ select public.create_synonym('values', '{"domain": "spell", "canonical": "A", "synonyms": ["", 1], "x": 1}') $$)
    -> 'errors' @> '[{"pointer": "/x", "code": "unknown_field"}, {"pointer": "/synonyms", "code": "invalid_type"}]', true,
  'faulty fields are named'
);
select is(
  tests.problem_of($$ select public.create_synonym('values', '{"domain": "spell", "canonical": "A", "synonyms": ["!!", "ok"]}') $$)
    -> 'errors' @> '[{"pointer": "/domain"}, {"pointer": "/canonical"}, {"pointer": "/synonyms/0"}]', true,
  'as are faulty values'
);
select tests.refuses($$ select public.list_synonyms('words') $$, 404, 'not-found', 'dictionaries are headers and values');
select tests.refuses(
  format($$ select public.delete_synonym('values', %L) $$,
    (select id from public.synonyms_value where vendor_id is null and domain = 'unit' and canonical = 'g')),
  403, 'forbidden', 'the platform''s stay'
);
select tests.forbids(
  $$ insert into public.synonyms_value (domain, canonical, synonyms) values ('unit', 'g', '{zz}') $$,
  'nobody adds to the platform''s'
);
select tests.forbids($$ delete from app.synonym_index $$, 'the index is out of reach');

-- What it does.
select tests.reset_role();
select is(
  (select canonical from app.match_tokens(tests.vendor_id('acme'), 'allergen', array['shellfish'])), 'soybeans',
  'the vendor''s meaning wins'
);
select is(
  (select canonical from app.value_dictionary(tests.vendor_id('acme'), 'allergen') where synonym = 'shellfish'), 'soybeans',
  'in the dictionary as well'
);
select is(
  (select canonical from app.match_tokens(tests.vendor_id('rival'), 'allergen', array['shellfish'])), 'shellfish',
  'others keep the platform''s'
);
select is(
  (select canonical from app.match_tokens(tests.vendor_id('rival'), 'allergen', array['gluggle'])), null, 'and do not know the rest'
);

select tests.act_as('rita');
select tests.refuses(
  format($$ select public.update_synonym('values', %L, '{"synonyms": ["x"]}') $$,
    (select synonym ->> 'id' from pg_temp.made where name = 'soy')),
  404, 'not-found', 'another vendor''s is not found'
);
select tests.act_as('vera');
select tests.refuses(
  format($$ select public.delete_synonym('values', %L) $$, (select synonym ->> 'id' from pg_temp.made where name = 'soy')),
  403, 'insufficient-role', 'a viewer removes nothing'
);
select tests.act_as('olga');
select lives_ok(format($$ select public.delete_synonym('values', %L) $$, pg_temp.id_of('soy')), 'an operator does');
select tests.reset_role();
select is(
  (select canonical from app.match_tokens(tests.vendor_id('acme'), 'allergen', array['shellfish'])), 'shellfish',
  'then the platform''s meaning holds again'
);

select * from finish();
rollback;
