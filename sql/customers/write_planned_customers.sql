-- Third step of a merge: the rows of merge_plan into customers, in the order of their ids, so that two merges of the
-- same keys follow each other. Fields a row does not speak of keep their stored values; dob beats age. A row that turns
-- out to say nothing new is left as it is.
create or replace function app.write_planned_customers(vendor_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
#variable_conflict use_column
declare
  v_now constant timestamptz := clock_timestamp();
  v_user_id constant uuid := app.current_user_id();
begin
  perform
  from pg_temp.merge_plan as m
  inner join public.customers as c on c.vendor_id = write_planned_customers.vendor_id and c.id = m.id
  where m.is_found
  order by c.id
  for no key update of c;

  with final as materialized (
    select
      m.id,
      r.external_id,
      r.content_hash,
      case when m.is_new or 'full_name' = any (r.given) then r.full_name else c.full_name end as full_name,
      case when m.is_new or 'email' = any (r.given) then r.email else c.email end as email,
      case when m.is_new or 'phone' = any (r.given) then r.phone else c.phone end as phone,
      case when m.is_new or 'dob' = any (r.given) then r.dob else c.dob end as dob,
      case when m.is_new or 'age' = any (r.given) then r.age else c.age end as age,
      case when m.is_new or 'gender' = any (r.given) then coalesce(r.gender, 'unspecified') else c.gender end as gender,
      case when m.is_new or 'location' = any (r.given) then r.location else c.location end as location,
      case when m.is_new or 'custom_tags' = any (r.given) then r.custom_tags else c.custom_tags end as custom_tags
    from pg_temp.merge_plan as m
    inner join pg_temp.customer_rows as r on r.row_no = m.row_no
    -- By key, row by row, as the plan does.
    left join lateral (
      select c.full_name, c.email, c.phone, c.dob, c.age, c.gender, c.location, c.custom_tags
      from public.customers as c
      where not m.is_new and c.vendor_id = write_planned_customers.vendor_id and c.id = m.id
      offset 0
    ) as c on true
  ),
  written as (
    insert into public.customers as c (
      vendor_id, id, external_id, content_hash, created_at, updated_at, full_name, email, phone, dob, age, gender,
      location, custom_tags, created_by, updated_by, search_tsv
    )
    select
      write_planned_customers.vendor_id, f.id, f.external_id, f.content_hash, v_now, v_now, f.full_name, f.email,
      f.phone, f.dob, case when f.dob is null then f.age end, f.gender, f.location, f.custom_tags, v_user_id, v_user_id,
      app.customer_search_vector(f.full_name, f.email, f.custom_tags)
    from final as f
    order by f.id
    on conflict (vendor_id, id) do update
    set
      content_hash = excluded.content_hash,
      updated_at = excluded.updated_at,
      updated_by = excluded.updated_by,
      search_tsv = excluded.search_tsv,
      full_name = excluded.full_name,
      email = excluded.email,
      phone = excluded.phone,
      dob = excluded.dob,
      age = excluded.age,
      gender = excluded.gender,
      location = excluded.location,
      custom_tags = excluded.custom_tags,
      soft_deleted_at = null
    where (c.full_name, c.email, c.phone, c.dob, c.age, c.gender, c.location, c.custom_tags) is distinct from (
        excluded.full_name, excluded.email, excluded.phone, excluded.dob, excluded.age, excluded.gender,
        excluded.location, excluded.custom_tags
      )
      or c.soft_deleted_at is not null
    returning c.id, case when c.created_at = v_now then 'inserted' else 'updated' end as outcome
  )
  update pg_temp.merge_plan as m
  set written = w.outcome
  from written as w
  where w.id = m.id;

  -- Somebody else made the customer after we had looked: what the row does not say must come from theirs.
  if exists (select from pg_temp.merge_plan as m where m.written = 'updated' and not m.is_found) then
    raise exception using errcode = 'OD001', message = 'a customer was made meanwhile';
  end if;
end;
$$;

comment on function app.write_planned_customers is
  'Inserts and updates the customers of merge_plan and marks what was written.';
