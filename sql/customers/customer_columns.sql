-- The columns of public.stg_customers a mapping fills, each with its SQL expression over a row `r`. A name may come in
-- two parts, of which one may be called just "name" (Nom and Prénom, Nombre and Apellidos), a place in several; health
-- columns together make one object, in which blank cells are left out, so that they change nothing.
create or replace function app.customer_columns(mapping jsonb)
returns table (name text, expression text, is_given boolean)
language sql
stable
set search_path = ''
as $$
  with text_column (name, expression, is_given) as (
    select f.name, app.mapped_text(customer_columns.mapping, f.name), f.name <> 'health_consent'
    from unnest(array['external_id', 'email', 'phone', 'dob', 'age', 'gender', 'health_consent']) as f (name)
  ),
  given_name (whole, first, last, is_certain) as (
    select
      app.mapped_text(customer_columns.mapping, 'full_name'),
      app.mapped_text(customer_columns.mapping, 'first_name'),
      app.mapped_text(customer_columns.mapping, 'last_name'),
      (customer_columns.mapping #>> '{fields,full_name,0,confidence}')::numeric >= 1
  ),
  name_column (name, expression, is_given) as (
    select
      'full_name',
      case
        when not n.is_certain and (n.first is null) <> (n.last is null)
          then format('app.join_name(%s, %s, %s)', coalesce(n.first, 'null'), n.whole, coalesce(n.last, 'null'))
        when coalesce(n.first, n.last) is null then n.whole
        else format(
          'coalesce(%snullif(concat_ws('' '', %s), ''''))', n.whole || ', ', concat_ws(', ', n.first, n.last)
        )
      end,
      true
    from given_name as n
  ),
  location_column (name, expression, is_given) as (
    select
      'location',
      format(
        'nullif(%sjsonb_strip_nulls(jsonb_build_object(%s)), ''{}'')',
        'app.read_location(' || app.mapped_text(customer_columns.mapping, 'location') || ') || ',
        string_agg(format('%L, %s', l.key, app.mapped_text(customer_columns.mapping, l.field)), ', ' order by l.key)
          filter (where app.mapped_text(customer_columns.mapping, l.field) is not null)
      ),
      true
    from (values
      ('city', 'city'), ('region', 'region'), ('postal_code', 'postal_code'), ('country', 'country')
    ) as l (key, field)
    having bool_or(app.mapped_text(customer_columns.mapping, l.field) is not null)
      or app.mapped_text(customer_columns.mapping, 'location') is not null
  ),
  tag_column (name, expression, is_given) as (
    select 'custom_tags', app.mapped_list(customer_columns.mapping, 'custom_tags'), true
  ),
  health_column (name, expression, is_given) as (
    select
      'health',
      format('nullif(jsonb_strip_nulls(jsonb_build_object(%s)), ''{}'')', string_agg(
        format('%L, %s', h.field, h.expression), ', ' order by h.field
      )),
      false
    from (
      select f.field, case
        when f.field in ('conditions', 'diet_goals', 'avoid_allergens')
          then 'to_jsonb(' || app.mapped_list(customer_columns.mapping, f.field) || ')'
        else app.mapped_text(customer_columns.mapping, f.field)
      end as expression
      from unnest(app.health_mapping_fields()) as f (field)
    ) as h
    where h.expression is not null
    having count(*) > 0
  )
  select c.name, c.expression, c.is_given
  from (
    select * from text_column union all select * from name_column union all select * from location_column
    union all select * from tag_column union all select * from health_column
  ) as c (name, expression, is_given)
  where c.expression is not null;
$$;

comment on function app.customer_columns is
  'Staging columns of customers that a mapping fills, with their expressions.';
