-- The fields a staged row speaks about when neither the row nor its file says so: those that have a value.
create or replace function app.present_fields(staged public.stg_products)
returns text[]
language plpgsql
immutable
set search_path = ''
as $$
begin
  return array(
    select case e.key
      when 'category_id' then 'category'
      when 'sub_category_id' then 'sub_category'
      when 'cuisine_id' then 'cuisine'
      when 'market_id' then 'market'
      else e.key
    end
    from jsonb_each(
      jsonb_strip_nulls(
        to_jsonb(staged) - array[
          'batch_id', 'row_no', 'vendor_id', 'job_id', 'present', 'raw', 'source_hash', 'nutrition_is_sound'
        ]
      )
    ) as e
    order by 1
  );
end;
$$;

comment on function app.present_fields is 'Fields of a staged row that have a value.';
