-- Finds the terms that the labels of merge_terms mean, makes those that a file may make, and locks all of them against
-- removal until the end of the transaction.
create or replace function app.resolve_staged_terms(vendor_id uuid, mode text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_kind record;
begin
  for v_kind in
    select k.kind, k.table_name, k.domain
    from app.taxonomy_kinds() as k
    where k.kind in (select t.kind from pg_temp.merge_terms as t)
    order by k.kind
  loop
    perform app.find_staged_terms(resolve_staged_terms.vendor_id, v_kind.kind, v_kind.table_name, v_kind.domain);
    if resolve_staged_terms.mode = 'file' then
      perform app.add_staged_terms(resolve_staged_terms.vendor_id, v_kind.kind, v_kind.table_name);
    end if;
    execute format(
      'select from public.%I where id in (select t.id from pg_temp.merge_terms as t where t.kind = $1) '
      'order by id for key share',
      v_kind.table_name
    ) using v_kind.kind;
  end loop;
end;
$$;

comment on function app.resolve_staged_terms is 'Finds or makes the terms of merge_terms, and keeps them from removal.';
