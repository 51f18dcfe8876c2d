-- What both synonym tables share: row level security, grants and triggers. Called once by the file of each table;
-- kind is header or value and names the trigger functions.
create or replace function app.prepare_synonym_table(table_name text, kind text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_statement text;
begin
  foreach v_statement in array array[
    'alter table public.%1$I enable row level security',
    'alter table public.%1$I force row level security',
    'create policy "members read platform and own synonyms" on public.%1$I for select to authenticated
       using (vendor_id is null or vendor_id = (select app.current_vendor_id()))',
    'create policy "operators add own synonyms" on public.%1$I for insert to authenticated
       with check (vendor_id = (select app.current_vendor_id()) and (select app.has_role(''vendor_operator'')))',
    'create policy "operators change own synonyms" on public.%1$I for update to authenticated
       using (vendor_id = (select app.current_vendor_id()) and (select app.has_role(''vendor_operator'')))
       with check (vendor_id = (select app.current_vendor_id()))',
    'create policy "operators remove own synonyms" on public.%1$I for delete to authenticated
       using (vendor_id = (select app.current_vendor_id()) and (select app.has_role(''vendor_operator'')))',
    'grant select, insert, update, delete on public.%1$I to authenticated, service_role',
    'create trigger check_synonym_trigger before insert or update on public.%1$I
       for each row execute function app.check_%2$s_synonym()',
    'create trigger touch_updated_at_trigger before update on public.%1$I
       for each row execute function app.touch_updated_at()',
    'create trigger index_synonyms_trigger after insert or update or delete on public.%1$I
       for each row execute function app.index_synonyms(%2$L)'
  ] loop
    execute format(v_statement, prepare_synonym_table.table_name, prepare_synonym_table.kind);
  end loop;
end;
$$;

comment on function app.prepare_synonym_table(text, text) is 'Gives a synonym table its policies, grants and triggers.';
