-- Keeps app.product_match_facts in step with public.products in the statement that writes these, whoever writes. By
-- statement, not by row: a batch of a file costs one more insert, not fifty thousand calls.
-- Definer: writers of products have no rights on the facts.
create or replace function app.keep_match_facts()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
set enable_mergejoin = off
-- Transition tables have no statistics; a nested loop over tens of thousands of rows and lists took a minute a batch.
set enable_nestloop = off
set work_mem = '64MB'
as $$
declare
  v_vendor_id uuid;
  v_terms record;
begin
  for v_vendor_id in select distinct c.vendor_id from changed as c loop
    if tg_op <> 'DELETE' then
      v_terms := app.match_fact_terms(v_vendor_id);
      execute app.write_match_facts_statement('changed', only_new => tg_op = 'INSERT')
      using v_vendor_id, v_terms.up, v_terms.down, v_terms.tags, v_terms.every_allergen;
    end if;
    if tg_op <> 'INSERT' then
      delete from app.product_match_facts as f
      using changed as c
      where f.vendor_id = v_vendor_id and c.vendor_id = v_vendor_id and f.product_id = c.id
        and (tg_op = 'DELETE' or c.status <> 'active' or c.soft_deleted_at is not null);
    end if;
  end loop;
  return null;
end;
$$;

comment on function app.keep_match_facts is 'Trigger: computes the facts of the products a statement wrote.';

create or replace trigger keep_match_facts_on_insert_trigger
after insert on public.products
referencing new table as changed
for each statement execute function app.keep_match_facts();

create or replace trigger keep_match_facts_on_update_trigger
after update on public.products
referencing new table as changed
for each statement execute function app.keep_match_facts();

create or replace trigger keep_match_facts_on_delete_trigger
after delete on public.products
referencing old table as changed
for each statement execute function app.keep_match_facts();
