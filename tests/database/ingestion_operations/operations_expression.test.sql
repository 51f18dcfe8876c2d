-- Operations compile to one expression, applied from left to right, with quoted arguments.
begin;
select plan(8);

select is(
  app.operations_expression('["trim", {"op": "scale", "by": 2}]', 'r.c3'),
  'app.op_scale(app.op_trim(r.c3), by => ''2'')', 'the first operation is the innermost'
);
select is(app.operations_expression('[]', 'r.c3'), 'r.c3', 'no operations, no change');
select is(app.operations_expression('["trim"]', 'x', as_list => true), 'app.op_split(app.op_trim(x))', 'lists are split');
select is(
  app.operations_expression('[{"op": "split", "by": " "}]', 'x', as_list => true), 'app.op_split(x, by => '' '')',
  'a list is not split twice'
);
select is(app.apply_operations(' 99.9mg ', '["salt_to_sodium", "g_to_mg"]'), '39.96', 'units in the cell are kept on the way');
select is(app.apply_operations('a|b', '[{"op": "split", "by": "|"}]'), '["a", "b"]', 'a list comes out as JSON');
select is(
  app.apply_operations('x', '[{"op": "replace", "from": "x", "to": "''); drop table y; --"}]'), '''); drop table y; --',
  'arguments are data, never SQL'
);
select is(
  app.apply_operations('Draft', '[{"op": "map", "values": {"draft": "inactive"}}]'), 'inactive', 'objects are arguments too'
);

select * from finish();
rollback;
