-- Fourth step of a merge of a file: the health columns of its sound rows, customer by customer, by the rules of
-- put_customer_health: consent, checks, audit. A row says yes or no in its column health_consent; without a word the
-- stored consent counts. What cannot be applied is reported and leaves the customer itself applied.
create or replace function app.merge_staged_health(vendor_id uuid, job_id uuid, batch_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
declare
  v_creator constant uuid := (
    select j.created_by from public.ingestion_jobs as j where j.id = merge_staged_health.job_id
  );
  v_claims constant jsonb := jsonb_build_object('sub', v_creator, 'app_role', 'service');
  v_request constant jsonb := jsonb_build_object('request_id', merge_staged_health.job_id);
  v_row record;
  v_consent text;
  v_read record;
  v_changed text[];
begin
  for v_row in
    select r.row_no, r.external_id, k.c, s.health, nullif(btrim(s.health_consent), '') as health_consent
    from public.stg_customers as s
    inner join pg_temp.customer_rows as r on r.row_no = s.row_no
    -- By key, row by row, as the plan does.
    cross join lateral (
      select c
      from public.customers as c
      where c.vendor_id = merge_staged_health.vendor_id and c.id = r.id
      offset 0
    ) as k
    where s.batch_id = merge_staged_health.batch_id and (s.health is not null or s.health_consent ~ '\S')
    order by r.id
  loop
    v_consent := app.op_boolean(v_row.health_consent);
    if v_consent not in ('true', 'false') then
      insert into pg_temp.merge_errors values (
        v_row.row_no, v_row.external_id, '/health_consent', 'invalid_consent',
        app.customer_fault_detail('/health_consent', 'invalid_consent'), true
      );
    elsif v_consent::boolean <> app.has_consent(merge_staged_health.vendor_id, (v_row.c).id, 'health_data') then
      insert into public.customer_consents (vendor_id, customer_id, consent_type, granted, version, recorded_by, note)
      values (
        merge_staged_health.vendor_id, (v_row.c).id, 'health_data', v_consent::boolean, 'file', v_creator,
        'ingestion job ' || merge_staged_health.job_id
      );
      perform app.insert_audit(
        v_claims, v_request, merge_staged_health.vendor_id,
        case v_consent when 'true' then 'consent.granted' else 'consent.withdrawn' end, 'customer',
        (v_row.c).id::text, null, '{"consent_type": "health_data", "version": "file"}', null
      );
    end if;
    continue when v_row.health is null;
    if not app.has_consent(merge_staged_health.vendor_id, (v_row.c).id, 'health_data') then
      insert into pg_temp.merge_errors values (
        v_row.row_no, v_row.external_id, '/health_consent', 'consent_required',
        app.customer_fault_detail('/health_consent', 'consent_required'), true
      );
      continue;
    end if;
    -- What the customer says of age and gender goes before what the profile had.
    v_read := app.read_health_profile(v_row.c, app.health_inputs((
      select h from public.customer_health_profiles as h
      where h.vendor_id = merge_staged_health.vendor_id and h.customer_id = (v_row.c).id
    )) - array_remove(array[
      case when coalesce((v_row.c).age, app.age_on((v_row.c).dob)) is not null then 'age' end,
      case when (v_row.c).gender <> 'unspecified' then 'gender' end
    ], null) || v_row.health);
    if v_read.errors <> '[]' then
      insert into pg_temp.merge_errors
      select v_row.row_no, v_row.external_id, e.error ->> 'pointer', e.error ->> 'code',
        format(
          '%s %s. The row was applied without its health columns.', substr(e.error ->> 'pointer', 2),
          e.error ->> 'detail'
        ),
        true
      from jsonb_array_elements(v_read.errors) as e (error);
      continue;
    end if;
    v_changed := app.save_health_profile(v_read.profile);
    if v_changed <> '{}' then
      perform app.insert_audit(
        v_claims, v_request, merge_staged_health.vendor_id, 'health.written', 'customer', (v_row.c).id::text, null,
        jsonb_build_object('changed', v_changed), 'ingestion job ' || merge_staged_health.job_id
      );
    end if;
  end loop;
end;
$$;

comment on function app.merge_staged_health is 'Applies the health columns of a staged batch of customers.';
