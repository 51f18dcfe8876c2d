-- Registry, functions and their tests of null belong together: what a mapping may name exists and is pure.
begin;
select plan(8);

select set_eq(
  'select ''op_'' || name from app.transform_operations()',
  $$ select p.proname::text from pg_proc as p where p.pronamespace = 'app'::regnamespace and p.proname like 'op\_%' $$,
  'every operation is a function and every op_ function an operation'
);
select is_empty(
  $$ select p.proname from pg_proc as p
     where p.pronamespace = 'app'::regnamespace and p.proname like 'op\_%'
       and (p.provolatile <> 'i' or p.proparallel <> 's' or p.proargnames[1] <> 'value') $$,
  'operations are immutable, parallel safe and take the value first'
);
select is_empty(
  $$ select o.name, a.key
     from app.transform_operations() as o
     join pg_proc as p on p.pronamespace = 'app'::regnamespace and p.proname = 'op_' || o.name
     cross join lateral (
       select coalesce(r.key, f.name) as key, r.key as registered, f.name as real
       from jsonb_object_keys(o.arguments) as r (key)
       full join unnest(p.proargnames[2:]) as f (name) on f.name = r.key
     ) as a
     where a.registered is null or a.real is null $$,
  'arguments are registered under their names'
);
select lives_ok($$ select app.validate_operations('["trim", {"op": "scale", "by": 2}, "split"]') $$, 'good operations pass');
select is(
  tests.problem_of($$ select app.validate_operations('["trim", "shake"]') $$) ->> 'status', '400',
  'an unknown operation is refused'
);
select matches(
  tests.problem_of($$ select app.validate_operations('["shake"]') $$) ->> 'detail', '"shake" is no operation.*g_to_mg',
  'the refusal names it and the known ones'
);
select is(
  array(
    select e ->> 'pointer'
    from jsonb_array_elements(
      app.operation_faults('["split", {"op": "scale"}, {"op": "trim", "hard": true}, {"op": "scale", "by": "2"}, 7]')
    ) as e
  ),
  array['/transform_ops/0', '/transform_ops/1/by', '/transform_ops/2/hard', '/transform_ops/3/by', '/transform_ops/4'],
  'every fault has its place'
);
select is(
  tests.problem_of($$ select app.validate_operations('"trim"') $$) ->> 'status', '400', 'operations are a list'
);

select * from finish();
rollback;
