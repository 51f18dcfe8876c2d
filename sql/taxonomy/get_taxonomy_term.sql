-- One term of a taxonomy, the platform's or the vendor's own.
create or replace function public.get_taxonomy_term(kind text, id uuid)
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
    'select to_jsonb(t) from public.%I as t where t.id = $1 and (t.vendor_id is null or t.vendor_id = $2)',
    app.taxonomy_table(kind)
  ) into v_row using get_taxonomy_term.id, v_vendor_id;
  if v_row is null then
    perform app.raise_problem(
      status => 404, type => 'not-found', detail => format('There is no term with the id %s in %s.', id, kind)
    );
  end if;
  return v_row;
end;
$$;

comment on function public.get_taxonomy_term(text, uuid) is 'One term of a taxonomy.';

grant execute on function public.get_taxonomy_term(text, uuid) to authenticated;
