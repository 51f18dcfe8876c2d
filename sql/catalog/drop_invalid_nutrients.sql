-- Files only: leaves out nutrients that are no amount (negative, words) and says so, instead of refusing the row.
create or replace function app.drop_invalid_nutrients(batch_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  with faulty as materialized (
    select s.row_no, s.external_id, n.key, n.value
    from public.stg_products as s
    cross join lateral jsonb_each(s.nutrition) as n
    where s.batch_id = drop_invalid_nutrients.batch_id
      and s.nutrition_is_sound is not true
      and s.nutrition @? 'strict $.* ? (@.type() != "number" || @ < 0 || @ > 10000000)'
      and not coalesce(
        case when jsonb_typeof(n.value) = 'number' then n.value::numeric between 0 and 10000000 end, false
      )
  ),
  reported as (
    insert into pg_temp.merge_errors (row_no, external_id, pointer, code, detail, applied)
    select f.row_no, left(f.external_id, 255), '/nutrition.' || f.key, 'invalid_nutrition',
      format('%s is not an amount of zero or more; the row was applied without it.', left(f.value #>> '{}', 60)), true
    from faulty as f
  )
  update public.stg_products as s
  set nutrition = nullif(s.nutrition - bad.keys, '{}'), source_hash = null
  from (select f.row_no, array_agg(f.key) as keys from faulty as f group by f.row_no) as bad
  where s.batch_id = drop_invalid_nutrients.batch_id and s.row_no = bad.row_no;
end;
$$;
comment on function app.drop_invalid_nutrients is 'Takes impossible nutrients out of a staged batch and reports them.';
