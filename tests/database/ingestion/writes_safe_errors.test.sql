-- errors.csv never carries a formula, and the linear fast path of nutrients equals the operations it stands for.
begin;
select plan(5);
select is(app.neutralise_formula('=1+1'), '''=1+1', 'a formula gets an apostrophe');
select is(app.neutralise_formula('Rice'), 'Rice', 'other text stays');
select is(app.serving_amount('1 cup (240 ml)'), 240::numeric, 'a serving says what it weighs');
select is(app.serving_amount('85.0', 'GRM'), 85::numeric, 'or its unit stands apart');
select is_empty(
  $$select o.ops, v.value from (values ('["to_g"]'::jsonb), ('["to_mg"]'), ('["g_to_mg"]'), ('["g_to_mcg"]'), ('["mg_to_g"]'), ('["mg_to_mcg"]'),
      ('["mcg_to_mg"]'), ('["mcg_to_g"]'), ('["to_kcal"]'), ('["salt_to_sodium", "g_to_mg"]'), ('[{"op": "scale", "by": 0.025}]'), ('["parse_number"]'))
    as o (ops) cross join (values ('0'), ('1.5'), ('12'), ('0.0333'), ('1234.5678')) as v (value)
    where round(app.apply_operations(v.value, o.ops)::numeric, 6) is distinct from round(v.value::numeric * app.linear_factor(o.ops), 6)$$,
  'app.linear_factor agrees with the operations'
);
select * from finish();
rollback;
