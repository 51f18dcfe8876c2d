-- Operations compile to one expression, applied from left to right, with quoted arguments.
begin;
select plan(12);

select is(
  app.operations_expression('["trim", {"op": "scale", "by": 2}]', 'r.c3'),
  'app.op_scale(app.op_trim(r.c3), by => ''2'')', 'the first operation is the innermost'
);
select is(app.operations_expression('[]', 'r.c3'), 'r.c3', 'no operations, no change');
select is(app.operations_expression('["upper"]', 'x', as_list => true), 'app.op_split(app.op_upper(x))', 'lists are split');
select is_empty(
  $$
    select o.ops, c.cell
    from (
      values ('["money"]'), ('["currency"]'), ('["lower"]'),
        ('[{"op": "map", "values": {"draft": "inactive", "Actif": "active"}}, "trim", "lower"]')
    ) as o (ops)
    cross join (
      values ('3.50'), ('03'), ('$3'), ('1,299.00'), ('-'), ('USD'), ('usd'), ('US'), ('active'), ('Draft'), ('draft'),
        ('actif'), (' ACTIF'), (E'cr\u00c8me'), (''), (null)
    ) as c (cell)
    where app.apply_operations(c.cell, o.ops::jsonb) is distinct from case
      when o.ops ~ 'money' then app.op_money(c.cell)
      when o.ops ~ 'currency' then app.op_currency(c.cell)
      when o.ops ~ 'map' then app.op_lower(app.op_trim(app.op_map(c.cell, '{"draft": "inactive", "Actif": "active"}')))
      else app.op_lower(c.cell)
    end
  $$, 'nor does the one that saves reading amounts, currencies and words that are as they should be'
);
select is_empty(
  $$
    select o.ops, c.cell
    from (values ('["trim"]'), ('["decode_entities", "strip_html", "strip_emphasis", "collapse_blanks"]')) as o (ops)
    cross join (
      values ('tidy cell'), (' a'), ('a '), (E'a\u00a0'), ('a  b'), ('a&amp;b'), ('<b>a</b>'), ('_a_'), ('*a*'), (E'a\tb'),
        (E'a\u200b'), ('cr\u00e8me'), ('')
    ) as c (cell)
    where app.apply_operations(c.cell, o.ops::jsonb) is distinct from case o.ops
      when '["trim"]' then app.op_trim(c.cell)
      else app.op_collapse_blanks(app.op_strip_emphasis(app.op_strip_html(app.op_decode_entities(c.cell))))
    end
  $$, 'the look at a cell that saves tidying operations never changes what they give'
);
select is_empty(
  $$
    select o.ops, c.cell
    from (
      values ('[{"op": "last", "by": ">"}]'), ('["trim", {"op": "first", "by": ">"}]'),
        ('["strip_html", {"op": "prefix_strip", "prefix": "Ingredients:"}]')
    ) as o (ops)
    cross join (
      values ('tidy cell'), (' a'), (E'a\u00a0'), ('a > b'), ('>'), ('["a", "b"]'), (E'\t[a]'), ('INGREDIENTS: oat'),
        ('oat, ingredients: rye'), ('ingredients:'), ('')
    ) as c (cell)
    where app.apply_operations(c.cell, o.ops::jsonb) is distinct from case
      when o.ops ~ 'last' then app.op_last(c.cell, '>')
      when o.ops ~ 'first' then app.op_first(app.op_trim(c.cell), '>')
      else app.op_prefix_strip(app.op_strip_html(c.cell), 'Ingredients:')
    end
  $$, 'nor does the look that saves taking a part or a beginning'
);
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

select results_eq(
  $$ select app.apply_operations(c.cell, '["trim", {"op": "map", "values": {"draft": "inactive", "Été": "summer", "it''s": "quoted"}}]')
     from (values (1, ' DRAFT '), (2, 'ete'), (3, 'other'), (4, null), (5, 'IT''S')) as c (place, cell) order by c.place $$,
  $$ values ('inactive'), ('summer'), ('other'), (null), ('quoted') $$,
  'a table of words finds them whatever their case and accents'
);
select * from finish();
rollback;
