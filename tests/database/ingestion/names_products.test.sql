-- A file without a name column names new products by what it has, and leaves the names of known ones alone.
begin;
select plan(5);
select tests.create_vendor('acme');
select tests.create_member('olga', 'acme', 'vendor_operator');
select tests.act_as('olga');
select public.upsert_products('[{"external_id": "known", "name": "Oats, rolled"}]');

create function pg_temp.names(headers text[], variadic cells text[]) returns text language sql as $$
  select string_agg(coalesce(r.stored #>> '{stored,name}', 'none'), ' | ' order by (r.stored ->> 'row_no')::int)
  from jsonb_array_elements(public.preview_ingest('products', headers, (
    select jsonb_agg(jsonb_build_object('row_no', c.place, 'cells', to_jsonb(string_to_array(c.row, '~'))) order by c.place)
    from unnest(cells) with ordinality as c (row, place)
  )) -> 'rows') as r (stored)
$$;

select is(pg_temp.names('{fdc_id,description,brand_owner}', '1~HUMMUS, CLASSIC~Sabra'), 'HUMMUS, CLASSIC', 'by the description');
select is(
  pg_temp.names('{id,description,brand,category}', '1~' || repeat('long ', 50) || '~Sabra~Dips'), 'Sabra Dips',
  'by brand and kind where that is a text and no name'
);
select is(pg_temp.names('{id,brand,category}', '1~Sabra~Dips'), 'Sabra Dips', 'or where there is none');
select is(pg_temp.names('{id,description}', 'known~Bag of 500 g'), 'Oats, rolled', 'a known product keeps its name');
select is(pg_temp.names('{id,name,description}', '1~~A dip'), null, 'a name column that is blank is no missing one');
select * from finish();
rollback;
