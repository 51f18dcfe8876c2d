-- upsert_customers: partial items, exact counts, one error for each fault, normal forms, one event a batch.
begin;
select plan(36);
select tests.create_member('olga', 'acme', 'vendor_operator');
select tests.act_as('olga');

create function pg_temp.stored(external_id text) returns jsonb language sql as $$
  select public.get_customer(extensions.uuid_generate_v5(app.current_vendor_id(), external_id))
$$;
create function pg_temp.errors_of(items jsonb) returns text[] language sql as $$
  select array_agg(e ->> 'pointer' || ' ' || (e ->> 'code') order by e ->> 'pointer')
  from jsonb_array_elements(public.upsert_customers(items) -> 'errors') as e
$$;

select is(
  public.upsert_customers('[
    {"external_id": "c1", "full_name": " Ada  Lovelace ", "email": " Ada@Example.COM ", "phone": "(415) 555-2671",
     "dob": "1990-12-10", "gender": "F", "location": {"city": " London ", "country": "GB", "region": ""},
     "custom_tags": ["VIP", "vip ", "VIP"]},
    {"external_id": "c2", "full_name": "Grace Hopper", "email": "grace@navy.mil", "age": 37}
  ]') - 'catalog_version',
  '{"received": 2, "inserted": 2, "updated": 0, "unchanged": 0, "failed": 0, "errors": []}',
  'inserts new customers'
);
select is(
  pg_temp.stored('c1') - array['id', 'vendor_id', 'created_at', 'updated_at', 'created_by', 'updated_by', 'age'],
  '{"external_id": "c1", "full_name": "Ada Lovelace", "email": "ada@example.com", "phone": "+14155552671",
    "dob": "1990-12-10", "gender": "female", "location": {"city": "London", "country": "GB"},
    "custom_tags": ["VIP", "vip"]}'::jsonb,
  'values are stored in their normal forms'
);
select is((pg_temp.stored('c1') ->> 'age')::int, app.age_on('1990-12-10'), 'age follows from dob');
select is(pg_temp.stored('c1') ->> 'created_by', tests.user_id('olga')::text, 'who made it is kept');
select is(
  (select jsonb_build_array(c ->> 'age', c ->> 'gender', c ->> 'dob') from pg_temp.stored('c2') as c),
  '["37", "unspecified", null]', 'age as given, gender unspecified'
);
create temporary table before as select pg_temp.stored('c1') as c1;
select is(
  public.upsert_customers('[{"external_id": "c1", "email": "ADA@example.com", "phone": "+1 415.555.2671"}]') ->> 'unchanged',
  '1', 'another notation of the same values is unchanged'
);
select is(pg_temp.stored('c1'), (select c1 from before), 'and updated_at stays');
select is(public.upsert_customers('[{"external_id": "c1", "phone": null}]') ->> 'updated', '1', 'null clears');
select is(
  (select jsonb_build_array(c ->> 'phone', c ->> 'email') from pg_temp.stored('c1') as c), '[null, "ada@example.com"]',
  'what is left out stays'
);
select is(public.upsert_customers('[{"external_id": "c1", "age": 99}]') ->> 'unchanged', '1', 'dob beats age');
select is(
  (select jsonb_agg(e -> 'code') from jsonb_array_elements(public.upsert_customers('[
    {"external_id": "t", "full_name": "First", "email": "t@x.org"}, {"external_id": "t", "full_name": "Last", "email": "t@x.org"}
  ]') -> 'errors') as e), '["superseded"]', 'of one external_id twice the earlier is superseded'
);
select is(pg_temp.stored('t') ->> 'full_name', 'Last', 'and the last applied');

select is(
  pg_temp.errors_of('[
    {"external_id": "x0", "full_name": "n", "email": "no"}, {"external_id": "x1", "full_name": "n", "email": "a@b..org"},
    {"external_id": "x2", "full_name": "n", "email": "a@x.org", "phone": "555-2671"},
    {"external_id": "x3", "full_name": "n", "email": "a@x.org", "dob": "1990-02-30"},
    {"external_id": "x4", "full_name": "n", "email": "a@x.org", "dob": "2999-01-01"},
    {"external_id": "x5", "full_name": "n", "email": "a@x.org", "age": 131},
    {"external_id": "x6", "full_name": "n", "email": "a@x.org", "gender": "moon"},
    {"external_id": "x7", "full_name": "n", "email": "a@x.org", "location": {"a": {"b": 1}}},
    {"external_id": "x8", "full_name": " ", "email": null}, {"full_name": "n", "email": "a@x.org"}
  ]'),
  array[
    '/items/0/email invalid_email', '/items/1/email invalid_email', '/items/2/phone invalid_phone',
    '/items/3/dob invalid_dob', '/items/4/dob invalid_dob', '/items/5/age invalid_age', '/items/6/gender unknown_gender',
    '/items/7/location invalid_location', '/items/8/email required', '/items/8/full_name required',
    '/items/9/external_id required'
  ],
  'values that cannot be are refused by name'
);
select is(
  pg_temp.errors_of('[
    "text", {"external_id": "y1", "height_cm": 180, "full_name": "n", "email": "a@x.org"},
    {"external_id": "y2", "id": "z", "full_name": "n", "email": "a@x.org"},
    {"external_id": "y3", "full_name": 5, "email": "a@x.org"}, {"external_id": "y4", "custom_tags": ["a", 1], "full_name": "n", "email": "a@x.org"}
  ]'),
  array[
    '/items/0 invalid_type', '/items/1/height_cm unknown_field', '/items/2/id read_only', '/items/3/full_name invalid_type',
    '/items/4/custom_tags/1 invalid_type'
  ],
  'shapes that cannot be are refused by name'
);
select tests.refuses(
  $$ select public.upsert_customers('[{"external_id": "q", "full_name": "n", "email": "q@x.org"}, {"external_id": "r"}]', atomic => true) $$,
  400, 'invalid-items', 'atomic applies all or none'
);
select tests.refuses($$ select pg_temp.stored('q') $$, 404, 'not-found', 'none here');

select is(
  public.put_customer((pg_temp.stored('c1') ->> 'id')::uuid, '{"full_name": "Ada King", "email": "ada@example.com"}')
    - array['id', 'vendor_id', 'created_at', 'updated_at', 'created_by', 'updated_by'],
  '{"external_id": "c1", "full_name": "Ada King", "email": "ada@example.com", "phone": null, "dob": null, "age": null,
    "gender": "unspecified", "location": null, "custom_tags": null}'::jsonb,
  'put replaces the whole customer'
);
select is(
  public.patch_customer((pg_temp.stored('c1') ->> 'id')::uuid, '{"age": 36}') ->> 'age', '36', 'patch changes one field'
);
select tests.refuses(
  format($$ select public.patch_customer(%L, '{"external_id": "other"}') $$, pg_temp.stored('c1') ->> 'id'),
  400, 'invalid-input', 'external_id cannot change'
);
select tests.reset_role();
select is(
  (select jsonb_agg(o.data - array['customer_ids', 'job_id'] order by o.id) from (select * from app.outbox as o where o.event_type = 'customer.updated' order by o.id limit 2) as o),
  '[{"count": 2, "inserted": 2, "updated": 0, "change": "profile"}, {"count": 1, "inserted": 0, "updated": 1, "change": "profile"}]',
  'one event a batch that changed something'
);
select is((select jsonb_array_length(o.data -> 'customer_ids') from app.outbox as o where o.event_type = 'customer.updated' order by o.id limit 1), 2, 'naming the customers');
select is(app.normalize_phone(p.given), p.stored, format('phone %s', p.given))
from (values
  ('+44 20 7946 0018', '+442079460018'), ('0044 20 7946 0018', '+442079460018'), ('1-415-555-2671', '+14155552671'),
  ('+1 415 055 2671', null), ('12345', null), ('+999999999999999999', null),
  ('+44 (0)20 7946 0018', '+442079460018'), ('0041 (0)44 668 18 00', '+41446681800'), ('415 555 2671 ext. 3', null)
) as p (given, stored);
select is(app.normalize_email(e.given), e.stored, format('email %s', e.given))
from (values
  (E'\u00a0Ada.King+News@X-Ray.Example.ORG\t', 'ada.king+news@x-ray.example.org'), ('ada@localhost', null),
  ('Ada <ada@x.org>', null), ('.ada@x.org', null), ('ada@x.org.', null), (repeat('a', 65) || '@x.org', null)
) as e (given, stored);
select * from finish();
rollback;
