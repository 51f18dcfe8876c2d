-- A cursor opens only in the scope it was made for, and only as it was made.
begin;
select plan(18);

create temporary table made as
select
  app.encode_cursor('acme products a1', '{"updated_at": "2026-01-01T00:00:00Z", "id": "x~é"}') as cursor,
  '{"updated_at": "2026-01-01T00:00:00Z", "id": "x~é"}'::jsonb as keys;
grant select on made to public;

select is(app.decode_cursor('acme products a1', cursor), keys, 'the keys come back') from made;
select matches(cursor, '^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{43}$', 'it may stand in a URL') from made;
select is(app.encode_cursor('acme products a1', null), null, 'the last page has no cursor');
select is(app.decode_cursor('acme products a1', null), null, 'the first page needs none');
select is(
  app.decode_cursor('s', app.encode_cursor('s', to_jsonb(repeat('ü', 300)))), to_jsonb(repeat('ü', 300)),
  'long keys are not broken into lines'
);

select tests.refuses(format('select app.decode_cursor(%L, %L)', c.scope, c.cursor), 400, 'invalid-cursor', c.reason)
from made,
  lateral (values
    ('bolt products a1', cursor, 'another vendor'),
    ('acme customers a1', cursor, 'another list'),
    ('acme products a2', cursor, 'other filters'),
    ('acme products a1', overlay(cursor placing 'A' from 3), 'changed keys'),
    (
      'acme products a1', left(cursor, -1) || case right(cursor, 1) when 'A' then 'E' else 'A' end,
      'a changed signature'
    ),
    ('acme products a1', left(cursor, -1), 'cut off'),
    ('acme products a1', cursor || 'A', 'lengthened'),
    ('acme products a1', split_part(cursor, '.', 1), 'without signature'),
    ('acme products a1', '', 'empty'),
    ('acme products a1', repeat('A', 5000) || '.' || repeat('A', 43), 'far too long')
  ) as c (scope, cursor, reason);
select is(
  tests.problem_of($$ select app.decode_cursor('a', 'b') $$) #>> '{errors,0,pointer}', '/cursor',
  'the problem names the field'
);

select tests.act_as_role('authenticated');
select is(app.decode_cursor('acme products a1', cursor), keys, 'callers read their own') from made;
select tests.forbids($$ select app.cursor_mac('a', 'b') $$, 'but cannot sign what they please');

select * from finish();
rollback;
