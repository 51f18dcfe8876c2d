-- Removes a synonym row of the vendor's own; the platform's meaning of its words holds again.
create or replace function public.delete_synonym(kind text, id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_vendor_id uuid := app.require_vendor('vendor_operator');
  v_table text := app.synonym_table(kind);
begin
  perform app.find_own_row(v_table, delete_synonym.id, v_vendor_id);
  execute format('delete from public.%I as t where t.id = $1 and t.vendor_id = $2', v_table)
  using delete_synonym.id, v_vendor_id;
end;
$$;

comment on function public.delete_synonym(text, uuid) is 'Removes header or value synonyms of the vendor''s own.';

grant execute on function public.delete_synonym(text, uuid) to authenticated;
