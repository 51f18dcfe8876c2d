-- Keeps the trees of the tax_* tables sound: a parent is the platform's or the same vendor's, and never a descendant.
-- Runs as the caller, so that another vendor's term is as good as missing.
create or replace function app.check_taxonomy_parent()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_found boolean;
  v_cycle boolean;
begin
  if new.parent_id is null then
    return new;
  end if;
  execute format(
    'select exists (select from public.%I where id = $1 and (vendor_id is null or vendor_id = $2))', tg_table_name
  ) into v_found using new.parent_id, new.vendor_id;
  if not v_found then
    perform app.raise_problem(
      status => 400,
      type => 'invalid-input',
      detail => format('There is no parent with the id %s.', new.parent_id),
      errors => '[{"pointer": "/parent_id", "code": "unknown", "detail": "No such term in this taxonomy."}]'
    );
  end if;
  execute format(
    'with recursive ancestors (id, parent_id) as (
       select id, parent_id from public.%1$I where id = $1
       union
       select t.id, t.parent_id from public.%1$I as t join ancestors as a on t.id = a.parent_id
     )
     select exists (select from ancestors where id = $2)', tg_table_name
  ) into v_cycle using new.parent_id, new.id;
  if v_cycle then
    perform app.raise_problem(
      status => 400,
      type => 'invalid-input',
      detail => 'A term cannot be placed below itself or one of its descendants.',
      errors => '[{"pointer": "/parent_id", "code": "cycle", "detail": "The parent is below this term."}]'
    );
  end if;
  return new;
end;
$$;

comment on function app.check_taxonomy_parent() is 'Trigger: a parent is visible, of the same owner and no descendant.';
