-- Jobs: everybody signed in publishes their own, answers are held to the questions, nobody sees another's.
begin;
select plan(64);

select tests.create_member('ada', 'acme', 'vendor_viewer');
select tests.create_superadmin('root');
select tests.reset_role();
create temporary table made (who text, job jsonb);
grant all on made to public;

-- Somebody Appwrite knows and we do not: the claims name them by their Appwrite id alone.
create function pg_temp.sign_in(appwrite_user_id text) returns void language plpgsql as $$
begin
  perform tests.reset_role();
  perform app.enter_request(jsonb_build_object('role', 'authenticated', 'appwrite_user_id', appwrite_user_id));
end;
$$;
create function pg_temp.publish(job text) returns jsonb language sql as $$ select public.publish_job(job::jsonb) $$;
-- The codes of all faults of answers to wall-painting.
create function pg_temp.faults(answers text, micro_id text default 'wall-painting') returns text language sql as $$
  select coalesce(
    (
      select string_agg(substr(e ->> 'pointer', 10) || ' ' || (e ->> 'code'), ', ')
      from jsonb_array_elements(tests.problem_of(format(
        'select public.publish_job(%L)', jsonb_build_object('micro_id', micro_id, 'answers', answers::jsonb)
      )) -> 'errors') as e
    ),
    'none'
  )
$$;

grant execute on function pg_temp.sign_in, pg_temp.publish, pg_temp.faults to public;

select pg_temp.sign_in('nemo');
insert into made
select 'nemo', pg_temp.publish('{
  "microId": "wall-painting", "answers": {"room_type": "bedroom", "wall_count": 4},
  "location": {"city": "Vienna"}, "budget": "1500.5", "currency": "EUR"
}');
select is((select job ->> 'micro_id' from made), 'wall-painting', 'a stranger publishes a job');
select is(
  (select job ->> 'micro_uuid' from made), app.micro_service_uuid('wall-painting')::text, 'which gets its uuid'
);
select is((select job ->> 'microUuid' from made), (select job ->> 'micro_uuid' from made), 'by both names');
select is((select job ->> 'budget' from made), '1500.50', 'its budget as money');
select is((select job -> 'question_versions' -> 'wall-painting' from made), '1', 'and the versions it answered');
select is(
  public.get_job((select (job ->> 'id')::uuid from made)), (select job from made), 'the owner gets it back'
);
select is(public.list_jobs() #>> '{data,0,id}', (select job ->> 'id' from made), 'and lists it');
select is((select count(*) from public.jobs), 1::bigint, 'the table shows it too');
select tests.forbids($$ update public.jobs set status = 'closed' $$, 'but is not written by clients');
select tests.forbids(
  $$ insert into public.jobs (owner_id, micro_id) values (gen_random_uuid(), 'x') $$, 'in no way'
);

select pg_temp.sign_in('eve');
select tests.refuses(
  format('select public.get_job(%L)', (select job ->> 'id' from made)), 404, 'not-found', 'somebody else gets 404'
);
select tests.refuses(
  format('select public.close_job(%L)', (select job ->> 'id' from made)), 404, 'not-found', 'and closes nothing'
);
select is_empty('select from public.jobs', 'sees none in the table');
select is(public.list_jobs(), '{"data": [], "next_cursor": null}', 'and lists none');
select tests.act_as('root');
select tests.refuses(
  format('select public.get_job(%L)', (select job ->> 'id' from made)), 404, 'not-found', 'nor does a superadmin'
);
select tests.act_as('ada');
select lives_ok($$ select pg_temp.publish('{"micro_id": "repointing"}') $$, 'a member publishes in their own name');
select tests.reset_role();
select is(
  (select count(*) from public.jobs where owner_id = tests.user_id('ada')), 1::bigint, 'as the user they are'
);
select app.enter_request('{"role": "authenticated", "client_id": "robot"}');
select tests.refuses(
  $$ select public.publish_job('{"micro_id": "repointing"}') $$, 403, 'forbidden', 'a program owns none'
);
select tests.act_as_anon();
select tests.forbids($$ select public.publish_job('{"micro_id": "repointing"}') $$, 'nor anybody without a token');

select pg_temp.sign_in('nemo');
select is(
  public.close_job((select (job ->> 'id')::uuid from made)) ->> 'status', 'closed', 'the owner closes it'
);
select is(public.list_jobs(status => 'published') -> 'data', '[]', 'then it is no longer on offer');

-- Slug and uuid.
select is(
  pg_temp.publish('{"micro_id": "Unicorn painting", "answers": {"anything": [1, {"goes": true}]}}') - 'id' @>
    '{"micro_id": "unicorn-painting", "micro_uuid": null, "answers": {"anything": [1, {"goes": true}]}}',
  true, 'an unknown service is kept by its slug, its answers as they are'
);
select is(pg_temp.faults('{"property_type": "castle"}', 'unicorn-painting'), 'property_type invalid_value',
  'though shared questions hold');
select is(
  pg_temp.publish(format(
    '{"microId": "repointing", "microUuid": "%s"}', upper(app.micro_service_uuid('repointing')::text)
  )) ->> 'micro_uuid',
  app.micro_service_uuid('repointing')::text, 'a pair that belongs together passes'
);
select is(
  tests.problem_of($$ select public.publish_job('{"microId": "repointing",
    "microUuid": "7d0f6c0e-5a5b-4d8e-9f5e-2f6c1f0b9a31"}') $$) #>> '{errors,0,pointer}',
  '/microUuid', 'one that does not is refused by the name it came by'
);
select is(
  tests.problem_of($$ select public.publish_job('{"micro_id": "unicorn",
    "micro_uuid": "7d0f6c0e-5a5b-4d8e-9f5e-2f6c1f0b9a31"}') $$) #>> '{errors,0,pointer}',
  '/micro_uuid', 'so is a uuid of an unknown service'
);
select is(
  pg_temp.publish('{"micro_id": "repointing", "micro_uuid": null, "answers": null, "budget": null}') ->> 'budget', null,
  'nulls are as good as nothing'
);

-- Plain fields.
select is(
  (
    select string_agg((e ->> 'pointer') || ' ' || (e ->> 'code'), ', ')
    from jsonb_array_elements(tests.problem_of(format('select public.publish_job(%L)', given)) -> 'errors') as e
  ),
  wanted, 'refused: ' || given
)
from (values
  ('{}', '/micro_id required'),
  ('{"micro_id": ""}', '/micro_id invalid_format'),
  ('{"micro_id": "a/b"}', '/micro_id invalid_format'),
  ('{"micro_id": "repointing", "answer": {}}', '/answer unknown_field'),
  ('{"micro_id": "repointing", "answers": []}', '/answers invalid_type'),
  ('{"micro_id": "repointing", "budget": -1, "currency": "euro"}', '/budget invalid_format, /currency invalid_format'),
  ('{"micro_id": "repointing", "budget": "1e3"}', '/budget invalid_format'),
  ('{"micro_id": "repointing", "location": 7}', '/location invalid_type'),
  ('{"micro_id": "repointing", "question_versions": {"property": 99}}', '/question_versions invalid_value'),
  ('{"micro_id": "repointing", "question_versions": {"property": "1"}}', '/question_versions invalid_type')
) as given (given, wanted);

-- Answers.
select is(pg_temp.faults(given), wanted, 'answers ' || given)
from (values
  ('{}', 'room_type required, wall_count required'),
  ('{"room_type": null, "wall_count": 1}', 'room_type required'),
  ('{"room_type": "attic", "wall_count": 1}', 'room_type invalid_value'),
  ('{"room_type": ["bedroom"], "wall_count": "4"}', 'room_type invalid_value, wall_count invalid_type'),
  ('{"room_type": "bedroom", "wall_count": 1.5}', 'wall_count invalid_value'),
  ('{"room_type": "bedroom", "wall_count": 0}', 'wall_count too_small'),
  ('{"room_type": "bedroom", "wall_count": 1e999}', 'wall_count too_big'),
  ('{"room_type": "bedroom", "wall_count": {"value": 4}}', 'wall_count invalid_type'),
  ('{"room_type": "bedroom", "wall_count": 4, "ceiling_height": {"value": 9, "unit": "ft"}}', 'none'),
  ('{"room_type": "bedroom", "wall_count": 4, "ceiling_height": {"value": 2.5, "unit": "inch"}}',
    'ceiling_height/unit invalid_value'),
  ('{"room_type": "bedroom", "wall_count": 4, "ceiling_height": {"value": "2", "unit": "m"}}',
    'ceiling_height invalid_type'),
  ('{"room_type": "bedroom", "wall_count": 4, "ceiling_height": {"value": 2, "unit": "m", "x": 1}}',
    'ceiling_height unknown_field'),
  ('{"room_type": "bedroom", "wall_count": 4, "pets/dogs": 1}', 'pets~1dogs unknown_field'),
  ('{"room_type": "bedroom", "wall_count": 4, "property_type": "house", "floor_number": 3}',
    'floor_number not_applicable'),
  ('{"room_type": "bedroom", "wall_count": 4, "property_type": "apartment", "floor_number": 3}', 'none'),
  ('{"room_type": "bedroom", "wall_count": 4, "floor_number": 3}', 'floor_number not_applicable'),
  ('{"room_type": "bedroom", "wall_count": 4, "available_days": ["weekends", "weekends"]}',
    'available_days invalid_value'),
  ('{"room_type": "bedroom", "wall_count": 4, "available_days": ["weekends", "mondays"]}',
    'available_days/1 invalid_value'),
  ('{"room_type": "bedroom", "wall_count": 4, "available_days": []}', 'available_days too_small'),
  ('{"room_type": "bedroom", "wall_count": 4, "urgency": "on_date", "start_date": "2027-02-29"}',
    'start_date invalid_format'),
  ('{"room_type": "bedroom", "wall_count": 4, "urgency": "on_date", "start_date": "2028-02-29"}', 'none'),
  ('{"room_type": "bedroom", "wall_count": 4, "remarks": "   "}', 'remarks too_small'),
  ('{"room_type": "bedroom", "wall_count": 4, "photos": ["https://a.example/1.jpg", "jobs/7/x.png"]}', 'none'),
  ('{"room_type": "bedroom", "wall_count": 4, "photos": ["jobs/7/x.png", "javascript:alert(1)"]}',
    'photos/1 invalid_format'),
  ('{"room_type": "bedroom", "wall_count": 4, "photos": ["../../etc/passwd"]}', 'photos/0 invalid_format')
) as given (given, wanted);

-- A wizard opened before a change is held to what it asked.
select tests.reset_role();
select app.seed_question_block('wall-painting', 2, 'painting/interior/wall-painting', 50,
  '[{"id": "color", "label": "Color", "type": "text", "required": true, "max_length": 10}]');
select pg_temp.sign_in('nemo');
select is(pg_temp.faults('{"room_type": "bedroom", "wall_count": 4}'),
  'color required, room_type unknown_field, wall_count unknown_field', 'the newest questions hold');
select is(
  pg_temp.publish('{"micro_id": "wall-painting", "answers": {"room_type": "bedroom", "wall_count": 4},
    "question_versions": {"wall-painting": 1}}') -> 'question_versions' -> 'wall-painting',
  '1', 'unless an older version was answered'
);

select * from finish();
rollback;
