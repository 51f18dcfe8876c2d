-- Eighth step of a merge: pictures and lineage of the rows just written.
create or replace function app.write_product_details(vendor_id uuid, job_id uuid, source text)
returns void
language plpgsql
volatile
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
-- The key named by on conflict is the table's.
#variable_conflict use_column
declare
  -- A call is named by its request, a line of a file and a record of a sync by its number in the job.
  v_by_row constant boolean := source = 'csv' or job_id is not null;
  v_request_id constant text :=
    nullif(left(nullif(current_setting('request.headers', true), '')::jsonb ->> 'x-request-id', 200), '');
  v_is_plain boolean := true;
begin
  if exists (select from pg_temp.merge_plan as m where m.images_changed and m.written = 'updated') then
    delete from public.product_images as i
    using pg_temp.merge_plan as m
    where i.vendor_id = write_product_details.vendor_id and i.product_id = m.id
      and m.images_changed and m.written = 'updated';
  end if;

  insert into public.product_images (vendor_id, product_id, id, url, alt, "order")
  select write_product_details.vendor_id, m.id, extensions.uuid_generate_v5(m.id, g.url), g.url, g.alt, g.place
  from pg_temp.merge_plan as m
  inner join pg_temp.merge_rows as r on r.row_no = m.row_no
  cross join lateral app.given_images(r.images) as g
  where m.images_changed and m.written is not null
  order by m.id
  on conflict (vendor_id, product_id, id) do update
  set alt = excluded.alt, "order" = excluded."order", updated_at = now();

  -- New products have no lineage yet, and a plain insert writes less than one with "on conflict".
  begin
    insert into public.product_sources (vendor_id, product_id, source, source_ref, ingestion_job_id)
    select
      write_product_details.vendor_id, m.id, write_product_details.source,
      case when v_by_row then m.row_no::text else v_request_id end, write_product_details.job_id
    from pg_temp.merge_plan as m
    where m.written is not null and not m.is_found
    order by m.id;
  exception when unique_violation then
    -- What somebody who removed products by hand left behind.
    v_is_plain := false;
  end;

  insert into public.product_sources as s (vendor_id, product_id, source, source_ref, ingestion_job_id)
  select
    write_product_details.vendor_id, m.id, write_product_details.source,
    case when v_by_row then m.row_no::text else v_request_id end, write_product_details.job_id
  from pg_temp.merge_plan as m
  where m.written is not null and (m.is_found or not v_is_plain)
  order by m.id
  on conflict (vendor_id, product_id, source) do update
  set source_ref = excluded.source_ref, ingestion_job_id = excluded.ingestion_job_id, updated_at = now();
end;
$$;

comment on function app.write_product_details is 'Writes pictures and lineage of the products a merge changed.';
