-- Problems carry everything the HTTP layer needs; updated_at moves with changes only; append-only means it.
begin;
select plan(12);

select throws_ok(
  $$ select app.raise_problem(409, 'vendor-ambiguous', 'Several.', '[{"pointer": "/x"}]', 'Name one.') $$, 'PT409',
  'Several.',
  'status and sentence are the SQLSTATE and the message'
);
select is(
  tests.problem_of($$ select app.raise_problem(409, 'ambiguous', 'Several.', '[{"pointer": "/x"}]', 'Name one.') $$),
  '{"status": 409, "type": "ambiguous", "detail": "Several.", "errors": [{"pointer": "/x"}], "hint": "Name one."}',
  'type, errors and remedy come with it'
);
select is(
  tests.problem_of($$ select app.raise_problem(404, 'not-found', 'Nothing.') $$),
  '{"status": 404, "type": "not-found", "detail": "Nothing.", "errors": [], "hint": ""}',
  'errors and remedy may be left out'
);
select is(
  tests.problem_of($$ select app.raise_problem(400, 'x', '100 % sure') $$) ->> 'detail', '100 % sure',
  'a percent sign is only that'
);

create table public.test_rows (id int primary key, label text, updated_at timestamptz not null default now());
create trigger touch before update on public.test_rows for each row execute function app.touch_updated_at();
insert into public.test_rows values (1, 'a', '2020-01-01'), (2, 'b', '2020-01-01');
update public.test_rows set label = 'a';
update public.test_rows set updated_at = '2021-01-01' where id = 1;
select is(
  (select updated_at from public.test_rows where id = 1), '2020-01-01'::timestamptz,
  'an update that changes nothing leaves updated_at'
);
select is((select updated_at from public.test_rows where id = 2), now(), 'a change moves it to now');

insert into public.test_rows values (3, 'c');
create trigger refuse before update or delete or truncate on public.test_rows
for each statement execute function app.refuse_change();
select tests.refuses(
  'update public.test_rows set label = ''z'' where id = 3', 409, 'append-only',
  'no update, not even by the owner'
);
select tests.refuses('delete from public.test_rows', 409, 'append-only', 'no delete');
select tests.refuses('truncate public.test_rows', 409, 'append-only', 'no truncate');
select lives_ok('insert into public.test_rows values (4)', 'rows are added');

select is(app.current_claims(), '{}', 'outside a request there are no claims');
select is(
  (app.current_user_id(), app.current_vendor_id(), app.current_app_role())::text, '(,,)',
  'so nobody, nowhere, nothing'
);

select * from finish();
rollback;
