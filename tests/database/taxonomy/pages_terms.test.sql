-- A taxonomy is paged by code without gaps or repeats; a cursor belongs to its list, filters and vendor.
begin;
select plan(5);

select tests.create_member('vera', 'acme', 'vendor_viewer');
select tests.create_member('rita', 'rival', 'vendor_viewer');
select tests.act_as('vera');

create temp table pages (place int, answer jsonb) on commit drop;
insert into pages
with recursive page (place, answer) as (
  select 1, public.list_taxonomy('tags', page_limit => 7)
  union all
  select p.place + 1, public.list_taxonomy('tags', page_limit => 7, cursor => p.answer ->> 'next_cursor')
  from page as p
  where p.answer ->> 'next_cursor' is not null
)
select * from page;
grant select on pages to public;

select is(
  (select array_agg(t ->> 'code' order by p.place, o.place)
   from pages as p cross join lateral jsonb_array_elements(p.answer -> 'data') with ordinality as o (t, place)),
  (select array_agg(code order by code, id) from public.tax_tags), 'all terms, each once, in order'
);
select ok((select max(place) > 5 from pages), 'over several pages');
select tests.refuses(
  format($$ select public.list_taxonomy('tags', active => true, cursor => %L) $$,
    (select answer ->> 'next_cursor' from pages where place = 1)),
  400, 'invalid-cursor', 'a cursor belongs to its filters'
);
select is(
  public.list_taxonomy('tags', q => 'gluten', page_limit => 1) #>> '{data,0,code}', 'gluten_free', 'q searches label and code'
);
select tests.act_as('rita');
select tests.refuses(
  format($$ select public.list_taxonomy('tags', page_limit => 7, cursor => %L) $$,
    (select answer ->> 'next_cursor' from pg_temp.pages where place = 1)),
  400, 'invalid-cursor', 'and to its vendor'
);

select * from finish();
rollback;
