-- The taxonomy stands in three levels with fixed uuids; questions follow from a selection, whatever it is.
begin;
select plan(31);

select cmp_ok((select count(*) from public.micro_services), '>=', 60::bigint, 'at least sixty services');
select cmp_ok((select count(distinct category) from public.micro_services), '>=', 13::bigint, 'in thirteen categories');
select is_empty(
  'select from public.micro_services where id <> extensions.uuid_generate_v5(
     ''6f1c2a54-9d0e-5b7a-8c43-2f0d5a7e9b16'', slug)',
  'each uuid follows from its slug'
);
select is(
  (select (id, category, subcategory)::text from public.micro_services where slug = 'wall-painting'),
  '(' || app.micro_service_uuid('wall-painting') || ',painting,interior)', 'wall-painting has its place'
);
select throws_ok(
  $$ insert into public.micro_services (id, slug, name, category, subcategory)
     values (gen_random_uuid(), 'odd', 'Odd', 'painting', 'interior') $$,
  '23514', null, 'no other uuid can be given'
);
select throws_ok(
  $$ update public.micro_services set slug = 'wall-painting-2' where slug = 'wall-painting' $$,
  '23514', null, 'and no slug be changed'
);
select lives_ok(
  $$ select app.seed_micro_services('[{"slug": "wall-painting", "name": "Walls", "category": "painting",
     "subcategory": "interior"}]') $$,
  'a seed corrects a name'
);
select is((select name from public.micro_services where slug = 'wall-painting'), 'Walls', 'in place');

-- Questions.
create temporary table built as
select s.slug, public.build_wizard_questions(array[s.category, s.subcategory, s.slug]) as wizard
from public.micro_services as s;
select is_empty(
  'select from built where wizard ->> ''microId'' <> slug or (wizard ->> ''fallback'')::boolean
     or (wizard ->> ''microUuid'')::uuid <> app.micro_service_uuid(slug)',
  'every service is found'
);
select is_empty('select from built where jsonb_array_length(wizard -> ''questions'') < 6', 'and has questions');
select is_empty(
  $$ select slug, q ->> 'id' from built, jsonb_array_elements(wizard -> 'questions') as q
     group by slug, q ->> 'id' having count(*) > 1 $$,
  'no question is asked twice'
);
select is_empty(
  $$ select b.slug, q #>> '{visible_if,question}' from built as b, jsonb_array_elements(wizard -> 'questions') as q
     where q ? 'visible_if' and not exists (
       select from jsonb_array_elements(b.wizard -> 'questions') as other,
         jsonb_array_elements(other -> 'options') as o
       where other ->> 'id' = q #>> '{visible_if,question}' and q #> '{visible_if,one_of}' @> (o -> 'value')
     ) $$,
  'every condition names an option of a question that is asked'
);
select set_eq(
  $$ select distinct q ->> 'type' from built, jsonb_array_elements(wizard -> 'questions') as q $$,
  array['single', 'multi', 'number', 'text', 'date', 'photos'], 'all types of questions are used'
);
select is(
  (
    select array_agg(distinct q ->> 'block')
    from jsonb_array_elements((select wizard -> 'questions' from built where slug = 'wall-painting')) as q
  ),
  array['painting', 'property', 'remarks', 'schedule', 'wall-painting'], 'shared, of the category and its own'
);
select is(
  public.build_wizard_questions(array['wall-painting']),
  (select wizard from built where slug = 'wall-painting'), 'the service alone is enough'
);
select is(
  public.build_wizard_questions(array['  Painting ', 'interior', 'Wall_Painting']),
  (select wizard from built where slug = 'wall-painting'), 'written as people write it'
);
select is(
  public.build_wizard_questions(array['plumbing', null, '', 'wall-painting']),
  (select wizard from built where slug = 'wall-painting'), 'the service decides, not the way to it'
);

create function pg_temp.summary(categories text[]) returns text language sql as $$
  select concat_ws(
    ' ', coalesce(w ->> 'microId', '-'), coalesce(w ->> 'microUuid', '-'), w ->> 'fallback',
    (
      select string_agg(distinct q ->> 'block', ',' order by q ->> 'block')
      from jsonb_array_elements(w -> 'questions') as q
    )
  )
  from public.build_wizard_questions(categories) as w
$$;
select is(pg_temp.summary(null), '- - true property,remarks,schedule', 'null gives the shared questions');
select is(pg_temp.summary('{}'), '- - true property,remarks,schedule', 'so does nothing');
select is(pg_temp.summary(array['', null, '!!', 'a/b']), '- - true property,remarks,schedule', 'and what is no slug');
select is(
  pg_temp.summary(array['painting']), 'painting - true painting,property,remarks,schedule', 'a category has its own'
);
select is(
  pg_temp.summary(array['painting', 'interior', 'unicorn-painting']),
  'unicorn-painting - true painting,property,remarks,schedule', 'an unknown service those of the levels above'
);
select is(
  pg_temp.summary(array['paint', 'interior']), 'interior - true property,remarks,schedule',
  'half a name is no category'
);
update public.micro_services set active = false where slug = 'wall-painting';
select is(
  pg_temp.summary(array['painting', 'interior', 'wall-painting']),
  'wall-painting - true painting,property,remarks,schedule,wall-painting', 'a service switched off goes by its slug'
);
select is_empty($$ select from public.lookup_micro_services(array['wall-painting']) $$, 'and is not looked up');

-- Versions.
select lives_ok(
  $$ select app.seed_question_block('remarks', 2, null, 95, '[{"id": "remarks", "label": "New", "type": "text",
     "required": true, "max_length": 10}]') $$,
  'a block gets a new version'
);
select is(
  (
    select string_agg(q ->> 'version', ',')
    from jsonb_array_elements(public.build_wizard_questions('{}') -> 'questions') as q where q ->> 'block' = 'remarks'
  ),
  '2', 'which is asked from then on'
);
select is(jsonb_array_length(app.wizard_questions('', '{"remarks": 1}')), 10, 'an older one can still be asked for');
select is(app.wizard_questions('', '{"remarks": 7}'), null, 'one that never was not');
select throws_ok(
  $$ select app.seed_question_block('remarks', 2, null, 95, '[]') $$, 'P0001', null,
  'a version does not change its meaning'
);
select throws_ok('delete from public.question_blocks', 'PT409', null, 'or vanish');

select * from finish();
rollback;
