-- First step of a merge: every row read once; clean, typed values go to customer_rows, what is wrong to merge_errors.
-- Each check uses the very cast that follows it. In files a bad phone, date, age, gender or location is left out and
-- reported while the row is kept; identity, name and email are never guessed.
create or replace function app.check_staged_customers(vendor_id uuid, batch_id uuid, mode text, fields text[])
returns void
language plpgsql
volatile
set search_path = ''
set enable_nestloop = off
set plan_cache_mode = force_custom_plan
as $$
declare
  blanks constant text := E' \t\r\n\u00a0';
  droppable constant text[] := array['/phone', '/dob', '/age', '/gender', '/location', '/custom_tags'];
  is_file constant boolean := mode = 'file';
begin
  with gender_word as (
    select m.token, m.canonical
    from app.match_tokens(check_staged_customers.vendor_id, 'gender', (
      select array_agg(distinct s.gender)
      from public.stg_customers as s
      where s.batch_id = check_staged_customers.batch_id and s.gender ~ '\S'
    )) as m
  ),
  cleaned as (
    select
      s.row_no,
      nullif(btrim(s.external_id, blanks), '') as external_id,
      coalesce(s.present, check_staged_customers.fields) as given,
      nullif(btrim(regexp_replace(s.full_name, '\s+', ' ', 'g'), blanks), '') as full_name,
      nullif(btrim(s.email, blanks), '') as raw_email,
      app.normalize_email(s.email) as email,
      nullif(btrim(s.phone, blanks), '') as raw_phone,
      app.normalize_phone(s.phone) as phone,
      nullif(btrim(s.dob, blanks), '') as dob,
      nullif(btrim(s.age, blanks), '') as age,
      nullif(btrim(s.gender, blanks), '') as raw_gender,
      g.canonical as gender,
      app.clean_location(s.location) as location,
      nullif(
        case when s.custom_tags is not null then array(
          select t.tag
          from unnest(s.custom_tags) with ordinality as u (raw, place)
          cross join lateral btrim(u.raw, blanks) as t (tag)
          where t.tag <> ''
          group by t.tag
          order by min(u.place)
        ) end,
        '{}'
      ) as custom_tags
    from public.stg_customers as s
    left join gender_word as g on g.token = s.gender
    where s.batch_id = check_staged_customers.batch_id
  ),
  judged as materialized (
    select
      r.*,
      array_remove(array[
        case
          when r.external_id is null then '/external_id required'
          when length(r.external_id) > 255 then '/external_id too_long'
        end,
        case
          when r.full_name is null and 'full_name' = any (r.given) then '/full_name required'
          when length(r.full_name) > 200 then '/full_name too_long'
        end,
        case
          when r.raw_email is null and 'email' = any (r.given) then '/email required'
          when r.raw_email is not null and r.email is null then '/email invalid_email'
        end,
        case when r.raw_phone is not null and r.phone is null then '/phone invalid_phone' end,
        case
          when r.dob !~ '^\d{4}-\d{2}-\d{2}$' or not pg_input_is_valid(r.dob, 'date') then '/dob invalid_dob'
          when r.dob::date not between '1890-01-01' and current_date then '/dob invalid_dob'
        end,
        case
          when r.age !~ '^\d{1,3}(\.0+)?$' then '/age invalid_age'
          when r.age::numeric > 130 then '/age invalid_age'
        end,
        case when r.raw_gender is not null and r.gender is null then '/gender unknown_gender' end,
        case when not app.location_is_sound(r.location) then '/location invalid_location' end,
        case
          when cardinality(r.custom_tags) > 100 then '/custom_tags too_many'
          when exists (select from unnest(r.custom_tags) as t (tag) where length(t.tag) > 100)
            then '/custom_tags too_long'
        end
      ], null) as faults
    from cleaned as r
  ),
  reported as (
    insert into pg_temp.merge_errors (row_no, external_id, pointer, code, detail, applied)
    select
      j.row_no,
      left(j.external_id, 255),
      split_part(f.fault, ' ', 1),
      split_part(f.fault, ' ', 2),
      app.customer_fault_detail(split_part(f.fault, ' ', 1), split_part(f.fault, ' ', 2)),
      is_file and split_part(f.fault, ' ', 1) = any (droppable)
    from judged as j
    cross join lateral unnest(j.faults) as f (fault)
    where j.faults <> '{}'
    returning row_no, pointer, applied
  ),
  refused as (
    select distinct e.row_no from reported as e where not e.applied
  ),
  dropped as (
    select e.row_no, array_agg(substr(e.pointer, 2)) as fields from reported as e where e.applied group by e.row_no
  ),
  sound as (
    select
      j.row_no,
      j.external_id,
      case when d.fields is null then j.given
        else array(select g.field from unnest(j.given) as g (field) where g.field <> all (d.fields)) end as given,
      j.full_name,
      j.email,
      j.phone,
      case when d.fields is null or 'dob' <> all (d.fields) then j.dob::date end as dob,
      case when d.fields is null or 'age' <> all (d.fields) then j.age::numeric::int end as age,
      j.gender,
      case when d.fields is null or 'location' <> all (d.fields) then j.location end as location,
      case when d.fields is null or 'custom_tags' <> all (d.fields) then j.custom_tags end as custom_tags
    from judged as j
    left join refused as r on r.row_no = j.row_no
    left join dropped as d on d.row_no = j.row_no
    where r.row_no is null
  )
  insert into pg_temp.customer_rows
  select
    s.row_no,
    extensions.uuid_generate_v5(check_staged_customers.vendor_id, s.external_id),
    s.external_id, s.given, s.full_name, s.email, s.phone, s.dob, s.age, s.gender, s.location, s.custom_tags,
    md5(concat_ws(
      E'\x1f', s.given, coalesce(s.full_name, ''), coalesce(s.email, ''), coalesce(s.phone, ''),
      coalesce(s.dob::text, ''), coalesce(s.age::text, ''), coalesce(s.gender, ''), coalesce(s.location::text, ''),
      coalesce(s.custom_tags::text, '')
    ))::uuid
  from sound as s;
end;
$$;

comment on function app.check_staged_customers is
  'Fills customer_rows with the sound rows of a batch and merge_errors with the faults of the others.';
