-- Files of customers: headers by synonyms, names in parts, health columns with consent, reports without health data.
begin;
select plan(21);
select tests.create_member('olga', 'acme', 'vendor_operator');
select tests.create_vendor('acme');

create temporary table answer (job uuid, step text);
create function pg_temp.ingest(headers text[], rows text[]) returns uuid language plpgsql as $$
declare
  v_job public.ingestion_jobs;
  v_cells text;
begin
  perform tests.act_as('olga');
  v_job.id := (public.create_ingestion_job('customers') ->> 'id')::uuid;
  perform tests.reset_role();
  select j.* into v_job from public.ingestion_jobs as j where j.id = v_job.id;
  perform app.start_uploaded_job(v_job.vendor_id || '/' || v_job.id || '/upload', 100);
  perform app.finish_detect(
    v_job.id, (select q.msg_id from pgmq.q_ingest as q where q.message ->> 'job_id' = v_job.id::text limit 1), '{"encoding": "utf-8"}',
    app.compile_ingest_mapping(v_job.vendor_id, 'customers', headers), array(select generate_series(1, cardinality(headers))), 10, 100, null
  );
  for i in 1 .. cardinality(rows) loop
    select string_agg(coalesce(quote_literal(nullif(c, '')), 'null'), ', ') into v_cells from unnest(string_to_array(rows[i], '~')) as c;
    execute format('insert into %s (%s) values (%s)', app.ingest_table(v_job.id), (select string_agg('c' || g, ', ' order by g) from generate_series(1, cardinality(headers)) as g), v_cells);
  end loop;
  perform app.save_load_progress(v_job.id, 10, 100, cardinality(rows), 0);
  perform app.finish_load(v_job.id, (select q.msg_id from pgmq.q_ingest as q where q.message ->> 'job_id' = v_job.id::text order by q.msg_id desc limit 1));
  perform app.plan_merge(v_job.id, (select q.msg_id from pgmq.q_ingest as q where q.message ->> 'job_id' = v_job.id::text order by q.msg_id desc limit 1));
  perform app.merge_next_batch(v_job.id, (select q.msg_id from pgmq.q_ingest as q where q.message ->> 'job_id' = v_job.id::text order by q.msg_id desc limit 1));
  perform app.settle_catalogue(v_job.id);
  return v_job.id;
end;
$$;
create function pg_temp.stored(external_id text) returns public.customers language sql as $$ select c from public.customers as c where c.vendor_id = tests.vendor_id('acme') and c.external_id = $1 $$;
create function pg_temp.profile(external_id text) returns public.customer_health_profiles language sql as $$ select h from public.customer_health_profiles as h where h.customer_id = (pg_temp.stored($1)).id $$;

insert into answer select pg_temp.ingest(
  array['Customer ID', 'First Name', 'Last name', 'E-mail', 'Mobile', 'Date of Birth', 'Sex', 'City', 'ZIP', 'Tags', 'Height', 'Weight', 'Activity', 'Medical conditions', 'Allergies', 'Health consent'],
  array[
    'f1~Ada~Lovelace~ADA@x.org~(415) 555-2671~12/10/1990~F~Portland~97201~vip;gold~5''11"~180 lb~moderately active~high blood pressure, T2D~peanut~yes',
    'f2~Bob~Ross~bob@x.org~~1985-02-28~m~~~~180 cm~11 st 4 lb~sedentary~~~no',
    'f3~Cy~Young~cy@x.org~12~31/31/1990~~~~~71 in~80~light~~~yes',
    'f4~Di~~~~~~~~~~~~~~',
    'f5~Ed~Poe~ed@x.org~~1980-01-01~~~~~180~80~light~moonstone~~Y',
    'f6~Flo~May~flo@x.org~~1980-01-01~f~~~~1.70~60~light~~moonstone~Y'
  ]
), 'first';
select is(
  (select j.totals - array['bytes', 'bytes_read'] from public.ingestion_jobs as j, answer as a where j.id = a.job),
  '{"rows_read": 6, "rows_valid": 5, "rows_failed": 1, "inserted": 5, "updated": 0, "unchanged": 0}', 'rows are counted'
);
select is(
  to_jsonb(pg_temp.stored('f1')) - array['id', 'vendor_id', 'created_at', 'updated_at', 'created_by', 'updated_by', 'content_hash', 'search_tsv', 'soft_deleted_at', 'age'],
  '{"external_id": "f1", "full_name": "Ada Lovelace", "email": "ada@x.org", "phone": "+14155552671", "dob": "1990-12-10", "gender": "female",
    "location": {"city": "Portland", "postal_code": "97201"}, "custom_tags": ["vip", "gold"]}'::jsonb,
  'by the common headers'
);
select is(
  (select array_agg(format('%s %s %s', e.row_no, e.field, e.code) order by e.row_no, e.code) from public.ingestion_job_errors as e, answer as a where e.job_id = a.job),
  array['2 health_consent consent_required', '3 dob invalid_dob', '3 phone invalid_phone', '3 age required', '4 email required', '5 conditions/0 unknown_condition', '6 avoid_allergens/0 unknown_allergen'],
  'what is wrong is reported, each in its place'
);
select is((select (p).height_cm from pg_temp.profile('f1') as p), 180.34, 'feet and inches');
select is((select (p).weight_kg from pg_temp.profile('f1') as p), 81.65, 'pounds');
select is((select (p).conditions from pg_temp.profile('f1') as p), array['hypertension', 'type_2_diabetes'], 'conditions by synonyms');
select is((select (p).avoid_allergens from pg_temp.profile('f1') as p), array['peanuts'], 'allergens by synonyms');
select is((select (p).gender from pg_temp.profile('f1') as p), 'female', 'the gender of the customer');
select is((select (p).derived_limits #>> '{ceilings,sodium_mg,amount}' from pg_temp.profile('f1') as p), '1500', 'with limits');
select is((select p.customer_id from pg_temp.profile('f2') as p), null, 'no health data without consent');
select is((select p.customer_id from pg_temp.profile('f5') as p), null, 'none with a condition nobody knows');
select is((pg_temp.stored('f5')).full_name, 'Ed Poe', 'the customer all the same');
select is((select p.customer_id from pg_temp.profile('f6') as p), null, 'none with an allergen nobody knows: leaving it out would be dangerous');
select is((select count(*) from public.ingestion_job_errors as e where concat(e.raw, e.message) ~ 'moonstone|180|11 st'), 0::bigint, 'no report repeats health data');
select is((select e.raw ->> 'Mobile' from public.ingestion_job_errors as e where e.code = 'invalid_phone'), '12', 'but the cells of the customer');
select is(
  (select array_agg(a.action || ' ' || coalesce((a.actor_user_id = tests.user_id('olga'))::text, '') order by a.id) from public.audit_log as a where a.entity_id = (pg_temp.stored('f1')).id::text),
  array['consent.granted true', 'health.written true'], 'files are audited as their uploader''s writes'
);
select pg_temp.ingest(array['Numéro client', 'Prénom', 'Nom', 'Courriel'], array['n1~Jean~Dupont~j@x.org', 'n2~Ana~García, Ana~a@x.org']);
select pg_temp.ingest(array['ID', 'Nombre', 'Apellidos', 'Email'], array['n3~Ana~García López~a@x.org', 'n4~~Ruiz~r@x.org']);
select pg_temp.ingest(array['ID', 'Full name', 'Last name', 'Email'], array['n5~Ada L.~Lovelace~a@x.org']);
select is(
  (select array_agg(c.full_name order by c.external_id) from public.customers as c where c.external_id ~ '^n[0-9]$'),
  array['Jean Dupont', 'García, Ana', 'Ana García López', 'Ruiz', 'Ada L.'],
  'what is called just "name" is the part that no other column has, and a whole name is left alone'
);
select pg_temp.ingest(
  array['ID', 'Name', 'Email', 'Location', 'City'],
  array['l1~A~a@x.org~{"city": "Rome", "zip": "00100"}~', 'l2~B~b@x.org~1 Main St~Oslo', 'l3~C~c@x.org~{"a": 1~', 'l4~D~d@x.org~~']
);
select is(
  (select array_agg(c.location order by c.external_id) from public.customers as c where c.external_id ~ '^l[0-9]$'),
  array['{"city": "Rome", "zip": "00100"}', '{"address": "1 Main St", "city": "Oslo"}', '{"address": "{\"a\": 1"}', null]::jsonb[],
  'a place is an object in JSON, an address, its parts, or nothing'
);
insert into answer select pg_temp.ingest(array['Customer ID', 'email', 'Weight (lb)'], array['f1~ada@x.org~200', 'f2~bob@x.org~190']), 'second';
select is((select j.totals ->> 'unchanged' from public.ingestion_jobs as j, answer as a where j.id = a.job and a.step = 'second'), '2', 'a file speaks about its columns only');
select is((select jsonb_build_array((p).weight_kg, (p).height_cm, (p).conditions) from pg_temp.profile('f1') as p), '[90.72, 180.34, ["hypertension", "type_2_diabetes"]]', 'of a profile too');
select is((pg_temp.stored('f1')).phone, '+14155552671', 'and leaves the rest');
select * from finish();
rollback;
