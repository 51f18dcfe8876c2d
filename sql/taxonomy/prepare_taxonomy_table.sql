-- What all tax_* tables share: row level security, grants, triggers and the words about their columns.
-- Called once by the file of each table.
create or replace function app.prepare_taxonomy_table(table_name text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_domain text := (
    select k.domain from app.taxonomy_kinds() as k where k.table_name = prepare_taxonomy_table.table_name
  );
  v_statement text;
begin
  foreach v_statement in array array[
    'alter table public.%1$I enable row level security',
    'alter table public.%1$I force row level security',
    'create policy "members read platform and own terms" on public.%1$I for select to authenticated
       using (vendor_id is null or vendor_id = (select app.current_vendor_id()))',
    'create policy "operators add own terms" on public.%1$I for insert to authenticated
       with check (vendor_id = (select app.current_vendor_id()) and (select app.has_role(''vendor_operator'')))',
    'create policy "operators change own terms" on public.%1$I for update to authenticated
       using (vendor_id = (select app.current_vendor_id()) and (select app.has_role(''vendor_operator'')))
       with check (vendor_id = (select app.current_vendor_id()))',
    'create policy "operators remove own terms" on public.%1$I for delete to authenticated
       using (vendor_id = (select app.current_vendor_id()) and (select app.has_role(''vendor_operator'')))',
    'grant select, insert, update, delete on public.%1$I to authenticated, service_role',
    'create trigger check_parent_trigger before insert or update of parent_id, vendor_id on public.%1$I
       for each row execute function app.check_taxonomy_parent()',
    'create trigger touch_updated_at_trigger before update on public.%1$I
       for each row execute function app.touch_updated_at()',
    'create trigger index_term_trigger after insert or update or delete on public.%1$I
       for each row execute function app.index_taxonomy_term(%2$L)',
    'create index on public.%1$I (parent_id) where parent_id is not null',
    'comment on column public.%1$I.id is ''Identity; the same on every installation for platform terms.''',
    'comment on column public.%1$I.vendor_id is ''The vendor whose own term it is; null for the platform''''s.''',
    'comment on column public.%1$I.code is ''Stable snake_case code, what products carry; fixed once set.''',
    'comment on column public.%1$I.label is ''What people read.''',
    'comment on column public.%1$I.parent_id is ''The broader term, or null at the top.''',
    'comment on column public.%1$I.active is ''Whether new data may use it.''',
    'comment on column public.%1$I.created_at is ''When it was added.''',
    'comment on column public.%1$I.updated_at is ''When it last changed.'''
  ] loop
    execute format(v_statement, prepare_taxonomy_table.table_name, v_domain);
  end loop;
end;
$$;

comment on function app.prepare_taxonomy_table(text) is
  'Gives a tax_* table its policies, grants, triggers and comments.';
