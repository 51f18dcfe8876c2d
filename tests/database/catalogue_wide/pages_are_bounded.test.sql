-- Every list refuses a page size outside 1 to 200 over rpc() too, in place of answering with another size.
begin;
select plan(5);

create temporary table lists (name text, who text, call text);
insert into lists values
  ('affected_customers', 'ann', 'allergen => ''milk'', '),
  ('get_customer_list', 'ann', 'customer_id => gen_random_uuid(), list => ''deny'', '),
  ('list_alerts', 'sue', ''),
  ('list_app_clients', 'sue', ''),
  ('list_audit_log', 'ann', ''),
  ('list_break_glass', 'ann', ''),
  ('list_connectors', 'ann', ''),
  ('list_customer_consents', 'ann', 'customer_id => gen_random_uuid(), '),
  ('list_diet_rules', 'ann', ''),
  ('list_ingestion_errors', 'ann', 'job_id => gen_random_uuid(), '),
  ('list_ingestion_jobs', 'ann', ''),
  ('list_jobs', 'ann', ''),
  ('list_members', 'ann', ''),
  ('list_micro_services', 'ann', ''),
  ('list_synonyms', 'ann', 'kind => ''values'', '),
  ('list_taxonomy', 'ann', 'kind => ''tags'', '),
  ('list_vendors', 'sue', ''),
  ('list_webhook_deliveries', 'ann', 'id => gen_random_uuid(), '),
  ('list_webhooks', 'ann', ''),
  ('search_customers', 'ann', ''),
  ('search_products', 'ann', '');

select is_empty(
  $$ select p.proname from pg_proc as p
     where p.pronamespace = 'public'::regnamespace and 'page_limit' = any (p.proargnames)
     except select l.name from lists as l $$,
  'every list is among these'
);

select tests.create_vendor('acme');
select tests.create_member('ann', 'acme', 'vendor_admin');
select tests.create_superadmin('sue');
create function pg_temp.answers(page_limit text) returns table (name text, answer text)
language plpgsql
as $$
declare
  v_list lists;
begin
  for v_list in select * from lists order by lists.name loop
    perform tests.reset_role();
    perform tests.act_as(v_list.who);
    name := v_list.name;
    answer := tests.problem_of(
      format('select public.%I(%spage_limit => %s)', v_list.name, v_list.call, page_limit)
    ) ->> 'type';
    perform tests.reset_role();
    return next;
  end loop;
end;
$$;

select is_empty(
  format($$ select * from pg_temp.answers(%L) as a where a.answer is distinct from 'invalid-input' $$, s.size),
  format('no page of %s rows', s.size)
)
from unnest(array['0', '201', '-1', 'null']) as s (size);

select * from finish();
rollback;
