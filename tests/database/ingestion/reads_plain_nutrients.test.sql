-- Rows of bare digits are read in one look, which gives what the look at each cell gives, whatever the cells are.
begin;
select plan(3);

create temporary table cells as
select * from (
  values ('5.0'), ('5.00'), ('0'), ('00'), ('007'), ('.5'), ('5.'), ('.'), (''), (null), ('1e5'), ('1;2'), (';'), ('5;'),
    ('-1'), ('12345678'), ('1234567'), ('0.1234567'), ('0.10'), ('0.0'), ('10.0'), (' 5'), ('abc'), ('1,5'), ('5.05'),
    ('0.000001'), ('.0'), ('1.0.0'), ('"'), ('1,"x":2'), ('5.0,'), ('5.0}')
) as v (cell);
create temporary table read (slow jsonb, fast jsonb, is_sound boolean);
do $$
declare
  mapping constant jsonb := '{"fields": {
    "nutrition.calories": [{"position": 1, "ops": ["to_kcal"]}], "nutrition.fat_g": [{"position": 2, "ops": ["to_g"]}]
  }}';
begin
  execute format(
    'insert into pg_temp.read select o.nutrition, n.nutrition, n.is_sound '
    'from (select a.cell as c1, b.cell as c2 from pg_temp.cells as a, pg_temp.cells as b) as r %s '
    'cross join lateral (select %s as nutrition) as o',
    app.nutrition_expression(mapping), app.nutrient_members(mapping, 'nutrition.', '1')
  );
end;
$$;
select is_empty(
  'select r.slow, r.fast from pg_temp.read as r where r.slow::text is distinct from r.fast::text',
  'both ways read the same'
);
select is_empty(
  $$
    select r.fast from pg_temp.read as r
    where r.is_sound and r.fast @? 'strict $.* ? (@.type() != "number" || @ < 0 || @ > 10000000)'
  $$, 'what needs no second look are amounts'
);
select cmp_ok((select count(*) from pg_temp.read as r where r.is_sound), '>', 50::bigint, 'and bare digits need none');

select * from finish();
rollback;
