-- Keeps app.customer_avoidances in step with customer_health_profiles in the statement that writes these, whoever
-- writes. Definer: writers of profiles have no rights on it.
create or replace function app.keep_customer_avoidances()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  if tg_op <> 'DELETE' then
    insert into app.customer_avoidances as a (vendor_id, customer_id, codes)
    select c.vendor_id, c.customer_id, v.codes
    from changed as c
    cross join lateral (
      select array_agg(distinct w.code order by w.code) as codes
      from (
        select unnest(c.avoid_allergens) as code
        union all
        select e.entry ->> 'allergen'
        from jsonb_array_elements(c.derived_limits #> '{hard,avoid_allergens}') as e (entry)
      ) as w
    ) as v
    where v.codes is not null
    order by c.customer_id
    on conflict (vendor_id, customer_id) do update
    set codes = excluded.codes
    where a.codes <> excluded.codes;
  end if;
  if tg_op <> 'INSERT' then
    delete from app.customer_avoidances as a
    using changed as c
    where a.vendor_id = c.vendor_id and a.customer_id = c.customer_id
      and (
        tg_op = 'DELETE'
        or c.avoid_allergens = '{}' and coalesce(c.derived_limits #> '{hard,avoid_allergens}', '[]') = '[]'
      );
  end if;
  return null;
end;
$$;

comment on function app.keep_customer_avoidances is
  'Trigger: notes what the customers of a statement''s profiles avoid.';

create or replace trigger keep_customer_avoidances_on_insert_trigger
after insert on public.customer_health_profiles
referencing new table as changed
for each statement execute function app.keep_customer_avoidances();

create or replace trigger keep_customer_avoidances_on_update_trigger
after update on public.customer_health_profiles
referencing new table as changed
for each statement execute function app.keep_customer_avoidances();

create or replace trigger keep_customer_avoidances_on_delete_trigger
after delete on public.customer_health_profiles
referencing old table as changed
for each statement execute function app.keep_customer_avoidances();
