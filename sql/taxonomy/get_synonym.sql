-- One synonym row of a dictionary.
create or replace function public.get_synonym(kind text, id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_vendor_id uuid := app.require_vendor('vendor_viewer');
  v_row jsonb;
begin
  execute format(
    'select app.synonym_json(to_jsonb(t)) from public.%I as t
     where t.id = $1 and (t.vendor_id is null or t.vendor_id = $2)', app.synonym_table(kind)
  ) into v_row using get_synonym.id, v_vendor_id;
  if v_row is null then
    perform app.raise_problem(
      status => 404, type => 'not-found', detail => format('There is no synonym with the id %s.', id)
    );
  end if;
  return v_row;
end;
$$;

comment on function public.get_synonym(text, uuid) is 'One row of header or value synonyms.';

grant execute on function public.get_synonym(text, uuid) to authenticated;
