-- Removes the vendor's own term. One that is in use stays: problem 409 says by what; set it inactive instead.
create or replace function public.delete_taxonomy_term(kind text, id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_vendor_id uuid := app.require_vendor('vendor_operator');
  v_table text := app.taxonomy_table(kind);
  v_term jsonb := app.find_own_row(v_table, delete_taxonomy_term.id, v_vendor_id);
  v_uses text := app.taxonomy_uses(kind, v_term);
begin
  if v_uses is not null then
    perform app.raise_problem(
      status => 409,
      type => 'in-use',
      detail => format('"%s" is used by %s.', v_term ->> 'code', v_uses),
      hint => 'Set active to false: it stays where it is and is not offered again.'
    );
  end if;
  execute format('delete from public.%I as t where t.id = $1 and t.vendor_id = $2', v_table)
  using delete_taxonomy_term.id, v_vendor_id;
end;
$$;

comment on function public.delete_taxonomy_term(text, uuid) is
  'Removes the vendor''s own term unless something uses it.';

grant execute on function public.delete_taxonomy_term(text, uuid) to authenticated;
