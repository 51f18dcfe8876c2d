-- What a serving or a package weighs: amount and unit as stated first, base_amount in g or ml (base_unit). Of several
-- amounts the surest gives the base: the first metric one ("1 cup (240 ml)", "12 oz/340 g", "500 g (4 x 125 g)"), then
-- ounces and pounds, then cups and spoons. All null when the text holds no amount.
create or replace function app.parse_quantity(
  value text, out amount numeric, out unit text, out base_amount numeric, out base_unit text
)
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  -- The common forms first: "30 g", "85.0 GRM", "250ml".
  if value ~ '^\s*[0-9]{1,9}(\.[0-9]{1,6})?\s*[A-Za-z]{0,3}\s*$' then
    amount := trim_scale(substring(value from '[0-9.]+')::numeric);
    unit := nullif(lower(substring(value from '[A-Za-z]+')), '');
    select
      case s.dimension when 'mass' then 'g' when 'volume' then 'ml' end,
      case when s.dimension in ('mass', 'volume') then trim_scale(round(parse_quantity.amount * s.factor, 3)) end
    into base_unit, base_amount
    from app.unit_scale(parse_quantity.unit) as s;
    return;
  end if;
  with terms as materialized (
    select t.*, t.factor in (1, 1000, 0.001, 0.000001, 10, 100) as is_metric
    from app.quantity_terms(value) as t
  ),
  stated as (
    select t.amount, t.unit from terms as t order by t.place limit 1
  ),
  surest as (
    select
      trim_scale(round(t.amount * t.factor, 3)) as amount,
      case t.dimension when 'mass' then 'g' else 'ml' end as unit
    from terms as t
    where t.dimension in ('mass', 'volume') and t.amount > 0
    order by t.is_metric desc, (t.factor not in (240, 15, 5)) desc, t.place
    limit 1
  )
  select s.amount, s.unit, b.amount, b.unit
  into parse_quantity.amount, parse_quantity.unit, base_amount, base_unit
  from stated as s
  left join surest as b on true;
end;
$$;

comment on function app.parse_quantity(text) is
'The first amount and unit in a text, and the best of its amounts in g or ml.';

grant execute on function app.parse_quantity(text) to authenticated, service_role;
